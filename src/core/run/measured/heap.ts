import type { Bytes } from "../../units.ts";
import { fields, list, number, text, wholeFrom, type Check } from "../check.ts";

/** What a worker's heap held after a stage, where somebody asked for it. */
export interface HeapFacts {
  /** A name in `stages`. */
  readonly stage: string;
  readonly objects: number;
  readonly bytes: Bytes;
  /** The twenty that take most. */
  readonly types: readonly HeapType[];
}

export interface HeapType {
  /** Of the constructor, or what V8 calls it: `(closure)`, `(compiled code)`. */
  readonly name: string;
  readonly count: number;
  /** Of the objects alone. */
  readonly bytes: Bytes;
  /** Who holds the largest of them, outermost first: `Window / level / frames[12]`. */
  readonly heldBy: readonly string[];
}

export const heapShape: Check<HeapFacts> = fields<HeapFacts>({
  stage: text,
  objects: wholeFrom(0),
  bytes: number,
  types: list(fields<HeapType>({ name: text, count: wholeFrom(0), bytes: number, heldBy: list(text) })),
});
