import { randomUUID } from "node:crypto";
import { link, open, realpath, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { draftName } from "../../core/names/drafts.ts";
import { codeOf } from "../audio/messageOf.ts";
import { listDraft } from "./listDraft.ts";
import { mayReplace, type FileMark } from "./mayReplace.ts";
import { WriteError } from "./writeError.ts";

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
  static async create(wanted: string): Promise<Draft> {
    const id = randomUUID().slice(0, 8);
    // A link stays one: what it leads to is replaced.
    const target = await realpath(wanted).catch(() => resolve(wanted));
    const path = join(dirname(target), draftName(basename(target), process.pid, id));
    // Before there is one, so that none is left however this process ends.
    const unlist = await listDraft(path);
    try {
      return new Draft(await open(path, "wx"), path, target, unlist);
    } catch (error) {
      await unlist();
      throw error;
    }
  }

  /**
   * Gives it its name.
   * @param own what marks files that may be replaced; any may where it isn't given
   * @throws WriteError where a file of the name may not, else what the system does; then nothing of it is left
   */
  async complete(own?: FileMark): Promise<void> {
    try {
      await this.file.close();
      if (own === undefined || !(await this.#takeFreeName())) await this.#replace(own);
    } finally {
      await rm(this.#path, { force: true });
      await this.#unlist();
    }
  }

  /** Never takes what somebody else writes in the same moment. @returns false where the name is taken, or links can't be had */
  async #takeFreeName(): Promise<boolean> {
    try {
      await link(this.#path, this.#target);
      return true;
    } catch (error) {
      // Some file systems have no links.
      if (["EEXIST", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(codeOf(error) ?? ""))
        return false;
      throw error;
    }
  }

  async #replace(own: FileMark | undefined): Promise<void> {
    if (own && !(await mayReplace(this.#target, own)))
      throw new WriteError(
        `${basename(this.#target)} can't be written: another file has that name. Choose another one, or remove that file.`,
      );
    await rename(this.#path, this.#target);
  }

  /** Nothing of it is left. */
  async discard(): Promise<void> {
    // What couldn't be written any more is of no use to anybody.
    await this.file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
    await this.#unlist();
  }
}
