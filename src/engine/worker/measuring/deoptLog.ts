import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

/** Code that V8 had compiled and took back. */
export interface Deoptimisation {
  /** Of the innermost inlined function, as V8 numbers it. */
  readonly url: string;
  readonly line: number;
  /** In V8's words: `wrong map`. */
  readonly reason: string;
}

interface OpenLog {
  readonly file: number;
  read: number;
}

/** Beside its name stand the isolate and the process that write it. */
export const DEOPT_LOG = "v8.log";
/** How V8 replaces the code of a loop under way: nothing was taken back. */
const ORDINARY = "prepare for on stack replacement";

/**
 * What V8's logs gained since the last look. A worker can't tell which one is its own; those of workers at rest gain
 * nothing.
 */
export class DeoptLog {
  readonly #logs: readonly OpenLog[];

  /** @param folder in which V8 writes its logs */
  constructor(folder: string) {
    this.#logs = readdirSync(folder)
      .filter((name) => name.endsWith(DEOPT_LOG))
      .map((name) => {
        const file = openSync(join(folder, name), "r");
        return { file, read: fstatSync(file).size };
      });
  }

  take(): readonly Deoptimisation[] {
    return this.#logs.flatMap((log) => {
      const { size } = fstatSync(log.file);
      if (size === log.read) return [];
      const bytes = Buffer.alloc(size - log.read);
      readSync(log.file, bytes, 0, bytes.length, log.read);
      log.read = size;
      return parseDeopts(bytes.toString());
    });
  }

  close(): void {
    for (const { file } of this.#logs) closeSync(file);
  }
}

/** `code-deopt,TIME,SIZE,CODE,ID,OFFSET,KIND,<URL:LINE:COLUMN> inlined at <…>,REASON` */
export function parseDeopts(text: string): Deoptimisation[] {
  return [...text.matchAll(/^code-deopt,.*?,<(.+?):(\d+):\d+>.*,([^,\n]+)$/gm)].flatMap(
    ([, url = "", line = "0", reason = ""]) =>
      reason.startsWith(ORDINARY) ? [] : [{ url, line: Number(line), reason }],
  );
}
