import { randomUUID } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { draftName } from "../../core/names/drafts.ts";
import { listDraft } from "./listDraft.ts";

/** A file while it is written: it lies beside what it will be, and gets its name when it is complete. */
export class Draft {
  readonly file: FileHandle;
  readonly #path: string;
  readonly #target: string;
  readonly #unlist: () => Promise<void>;

  private constructor(file: FileHandle, path: string, target: string, unlist: () => Promise<void>) {
    this.file = file;
    this.#path = path;
    this.#target = target;
    this.#unlist = unlist;
  }

  /** @throws what the system does where nothing can be written there */
  static async create(target: string): Promise<Draft> {
    const id = randomUUID().slice(0, 8);
    const path = resolve(join(dirname(target), draftName(basename(target), process.pid, id)));
    // Before there is one, so that none is left however this process ends.
    const unlist = await listDraft(path);
    try {
      // Resolved: a name that ends with a slash is still a file's.
      return new Draft(await open(path, "wx"), path, resolve(target), unlist);
    } catch (error) {
      await unlist();
      throw error;
    }
  }

  /** Gives it its name. @throws what the system does; then nothing of it is left */
  async complete(): Promise<void> {
    try {
      await this.file.close();
      await rename(this.#path, this.#target);
    } catch (error) {
      await rm(this.#path, { force: true });
      throw error;
    } finally {
      await this.#unlist();
    }
  }

  /** Nothing of it is left. */
  async discard(): Promise<void> {
    // What couldn't be written any more is of no use to anybody.
    await this.file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
    await this.#unlist();
  }
}
