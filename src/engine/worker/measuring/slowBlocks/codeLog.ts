import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { fstatSync, openSync, readdirSync, readSync } from "../../../ownFiles.ts";
import { DEOPT_LOG } from "../../../../protocol/deoptLogs.ts";

/** Code that V8 had compiled and took back. */
export interface Deoptimisation {
  /** Of the innermost inlined function, as V8 numbers it. */
  readonly url: string;
  readonly line: number;
  /** In V8's words: `wrong map`. */
  readonly reason: string;
}

/** Code that V8 made. */
export interface Compilation {
  /** Of the function; its line is as V8 numbers it. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** Empty where it has none. */
  readonly name: string;
  /** `first`: what a function's first call needs; `optimised`: what it gets when it is called often. */
  readonly tier: "first" | "optimised";
}

/** What became of the code of functions. */
export interface CodeChanges {
  readonly deoptimisations: readonly Deoptimisation[];
  readonly compilations: readonly Compilation[];
}

interface OpenLog {
  readonly file: number;
  read: number;
}

/** No code was made or taken back. */
export const NO_CODE: CodeChanges = { deoptimisations: [], compilations: [] };

/** How V8 replaces the code of a loop under way, and leaves it: nothing was taken back. */
const ORDINARY = ["prepare for on stack replacement", "exit from OSR"];

/**
 * What V8's logs gained since the last look. A worker can't tell which one is its own; those of workers at rest gain
 * nothing.
 */
export class CodeLog {
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

  /** From now on V8 logs what it compiles, too; only while it is needed: a thread that starts meanwhile logs all that it has. */
  listen(): void {
    if (this.#logs.length > 0) setFlagsFromString("--log-code");
  }

  rest(): void {
    if (this.#logs.length > 0) setFlagsFromString("--no-log-code");
  }

  take(): CodeChanges {
    const gained = this.#logs.map(gainOf).join("");
    if (gained === "") return NO_CODE;
    const { deoptimisations, compilations } = parseCodeLog(gained);
    const isForeign = ({ url }: { url: string }): boolean => !url.startsWith(this.#own);
    return {
      deoptimisations: deoptimisations.filter(isForeign),
      compilations: compilations.filter(isForeign),
    };
  }
}

function gainOf(log: OpenLog): string {
  const { size } = fstatSync(log.file);
  if (size === log.read) return "";
  const bytes = Buffer.alloc(size - log.read);
  readSync(log.file, bytes, 0, bytes.length, log.read);
  log.read = size;
  return bytes.toString();
}

/** `code-deopt,TIME,SIZE,CODE,ID,OFFSET,KIND,<URL:LINE:COLUMN> inlined at <…>,REASON` */
const DEOPT = /^code-deopt,.*?,<(.+?):(\d+):\d+>.*,([^,\n]+)$/gm;
/**
 * `code-creation,KIND,ID,TIME,CODE,SIZE,NAME URL:LINE:COLUMN,FUNCTION,TIER`, of the tiers `~` (interpreted), `+` and `*`
 * (optimised); what V8 makes of a function's first code without looking at how it is used (`^`) tells nothing.
 */
const CREATION = /^code-creation,\w+,\d+,\d+,\w+,\d+,(.*) (file:.+?):(\d+):(\d+),\w+,([~+*])'?$/gm;

export function parseCodeLog(text: string): CodeChanges {
  const deoptimisations = [...text.matchAll(DEOPT)].flatMap(([, url = "", line = "0", reason = ""]) =>
    ORDINARY.some((words) => reason.startsWith(words)) ? [] : [{ url, line: Number(line), reason }],
  );
  const compilations = [...text.matchAll(CREATION)].map(
    ([, name = "", url = "", line = "0", column = "0", tier]): Compilation => ({
      url,
      line: Number(line),
      column: Number(column),
      name,
      tier: tier === "~" ? "first" : "optimised",
    }),
  );
  return { deoptimisations, compilations };
}
