import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fstatSync, openSync, readdirSync, readSync } from "../../ownFiles.ts";
import { DEOPT_LOG } from "../../../protocol/deoptLogs.ts";

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

/** How V8 replaces the code of a loop under way, and leaves it: nothing was taken back. */
const ORDINARY = ["prepare for on stack replacement", "exit from OSR"];

/**
 * What V8's logs gained since the last look. A worker can't tell which one is its own; those of workers at rest gain
 * nothing.
 */
export class DeoptLog {
  readonly #logs: readonly OpenLog[];
  readonly #own: string;

  /** @param folder in which V8 writes its logs @param ownUrl of the profiler's code, which is nobody's stage */
  constructor(folder: string, ownUrl: string) {
    this.#own = dirname(fileURLToPath(ownUrl));
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
      return parseDeopts(bytes.toString()).filter(({ url }) => !url.startsWith(this.#own));
    });
  }
}

/** `code-deopt,TIME,SIZE,CODE,ID,OFFSET,KIND,<URL:LINE:COLUMN> inlined at <…>,REASON` */
export function parseDeopts(text: string): Deoptimisation[] {
  return [...text.matchAll(/^code-deopt,.*?,<(.+?):(\d+):\d+>.*,([^,\n]+)$/gm)].flatMap(
    ([, url = "", line = "0", reason = ""]) =>
      ORDINARY.some((words) => reason.startsWith(words)) ? [] : [{ url, line: Number(line), reason }],
  );
}
