import type { Base1Line } from "../units.ts";

/** Which functions a text holds and whom they call: enough to put inlined lines back where they were written. */
export interface FileOutline {
  /** An enclosing function stands before those inside it, or `parent` is −1. */
  readonly functions: readonly OutlinedFunction[];
  readonly calls: readonly OutlinedCall[];
  /** Where the keys of an object called `stages` stand. */
  readonly stages: Readonly<Record<string, Base1Line>>;
}

export interface OutlinedFunction {
  /** As V8 infers it; empty for an anonymous one. */
  readonly name: string;
  readonly line: Base1Line;
  readonly endLine: Base1Line;
  readonly parent: number;
}

export interface OutlinedCall {
  /** The called identifier or property. */
  readonly name: string;
  /** Called as a property, `object.name()`: any object's may be meant. Else a function in scope, or an imported one. */
  readonly property: boolean;
  readonly line: Base1Line;
  /** Index of the function that holds the call; −1 at the top of the file. */
  readonly function: number;
}

/**
 * The innermost function that holds the line; −1 where none does. A nameless function of one line inside another is no
 * place of its own: `samples.map((x) => x * x)` is a line of the function around it.
 */
export function functionAt(outline: FileOutline, line: Base1Line): number {
  let found = -1;
  let length = Infinity;
  outline.functions.forEach((candidate, index) => {
    const lines = candidate.endLine - candidate.line;
    if (lines === 0 && candidate.name === "" && candidate.parent >= 0) return;
    if (candidate.line <= line && line <= candidate.endLine && lines <= length) {
      found = index;
      length = lines;
    }
  });
  return found;
}
