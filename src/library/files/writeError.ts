import { writeProblem } from "./writeProblem.ts";

/** A file that can't be written: one sentence that says what, where and what to do. A run then fails for the disk and not for the code. */
export class WriteError extends Error {
  override readonly name = "WriteError";

  /** By what the system said. @param path the file's */
  static async of(error: unknown, path: string): Promise<WriteError> {
    if (error instanceof WriteError) return error;
    return new WriteError(await writeProblem(error, path), { cause: error });
  }
}
