import type { Node } from "acorn";

/** A text to be put into a source before the offset. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** What a branch that is never taken looks like: as an expression's beginning, and as a statement. */
const BEFORE_EXPRESSION = "0?0:";
const AS_STATEMENT = ";0?0:0";

/**
 * Gives a function a branch, for counting. V8 leaves out an optimised function without branches and says nothing, and
 * without its optimising compilers code is ten times slower than with counts alone.
 */
export const branchInto = (body: Node): Insertion =>
  body.type === "BlockStatement"
    ? { offset: body.end - 1, text: AS_STATEMENT }
    : { offset: body.start, text: BEFORE_EXPRESSION };

/** @param insertions in order of their offsets */
export function withInsertions(text: string, insertions: readonly Insertion[]): string {
  let from = 0;
  const parts = insertions.map(({ offset, text: inserted }) => {
    const part = text.slice(from, offset) + inserted;
    from = offset;
    return part;
  });
  return parts.join("") + text.slice(from);
}

/** Where a place of a text is after insertions into it. */
export class ShiftedOffsets {
  readonly #insertions: readonly Insertion[];
  /** By how much all insertions before one shift, and after the last one. */
  readonly #shifts: readonly number[];

  /** @param insertions in order of their offsets @param shift of the whole text */
  constructor(insertions: readonly Insertion[], shift: number) {
    this.#insertions = insertions;
    const shifts = [shift];
    for (const { text } of insertions) shifts.push((shifts.at(-1) ?? shift) + text.length);
    this.#shifts = shifts;
  }

  /** What begins there: behind what was put before it. */
  ofStart(offset: number): number {
    return offset + this.#shiftBefore(offset + 1);
  }

  /** What ends there. */
  ofEnd(offset: number): number {
    return offset + this.#shiftBefore(offset);
  }

  /** Of all insertions whose offset is smaller. */
  #shiftBefore(offset: number): number {
    let [low, high] = [0, this.#insertions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#insertions[middle]?.offset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return this.#shifts[low] ?? 0;
  }
}
