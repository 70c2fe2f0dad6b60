import type { OpenedAs } from "./fileLog.ts";

/** Files that this thread has open, by the number or the FileHandle that stands for them. */
export class OpenFiles {
  readonly #byNumber = new Map<number, OpenedAs>();
  readonly #byHandle = new WeakMap<object, OpenedAs>();
  readonly #onHandle: (handle: object) => void;

  /** @param onHandle for each FileHandle: nobody else shows their class */
  constructor(onHandle: (handle: object) => void) {
    this.#onHandle = onHandle;
  }

  /** Undefined for what was opened by somebody else. */
  get(file: unknown): OpenedAs | undefined {
    if (typeof file === "number") return this.#byNumber.get(file);
    return typeof file === "object" && file !== null ? this.#byHandle.get(file) : undefined;
  }

  opened(file: unknown, as: OpenedAs): void {
    if (typeof file === "number") this.#byNumber.set(file, as);
    if (typeof file !== "object" || file === null) return;
    this.#byHandle.set(file, as);
    this.#onHandle(file);
  }

  /** Another file may get the number as soon as it is free. */
  closing(file: unknown): void {
    if (typeof file === "number") this.#byNumber.delete(file);
  }
}
