import { createHash } from "node:crypto";
import type { FileOutline } from "../../core/lines/outline.ts";
import type { Base1Line } from "../../core/units.ts";
import type { CountedPlaces } from "./counting/countedPlaces.ts";

/** Where a line number that V8 reported was written. */
export interface SourcePlace {
  /** Absolute. */
  readonly path: string;
  readonly line: Base1Line;
}

export interface LoadedSource {
  readonly path: string;
  readonly original: string;
  readonly sha256: string;
  readonly outline: FileOutline;
  readonly countedPlaces: CountedPlaces;
  /** How many newlines stand in front of it. */
  readonly shift: number;
  readonly lines: number;
}

/**
 * Packages stay below this line. Every padded file pays it in memory once per worker, so it is no larger than the
 * longest bundle one is likely to import.
 */
const FIRST_SHIFT = 100_000;

/**
 * Gives every file outside node_modules a range of line numbers of its own: V8 reports an inlined function's ticks
 * with the inlinee's line and the caller's URL, so only the number can say which file was meant.
 */
export class SourceTable {
  readonly #sources: LoadedSource[] = [];
  #next = FIRST_SHIFT;

  add(path: string, original: string, parsed: Pick<LoadedSource, "outline" | "countedPlaces">): LoadedSource {
    const lines = original.split("\n").length;
    const sha256 = createHash("sha256").update(original).digest("hex");
    const source = { path, original, sha256, ...parsed, shift: this.#next, lines };
    this.#sources.push(source);
    this.#next += lines + 1;
    return source;
  }

  /** In the order in which they were loaded. */
  get sources(): readonly LoadedSource[] {
    return this.#sources;
  }

  /** @param line as V8 reports it, from 1; undefined where it belongs to a package or the runtime */
  place(line: Base1Line): SourcePlace | undefined {
    const source = this.#sources.findLast(({ shift }) => shift < line);
    return source && line <= source.shift + source.lines
      ? { path: source.path, line: line - source.shift }
      : undefined;
  }

  /** Puts the author's line numbers back into a stack or message: `a.ts:100012:5` becomes `a.ts:12:5`. */
  unshift(text: string): string {
    return text.replace(/:(\d{6,})(?=:\d+|\)|$)/gm, (whole, digits: string) => {
      const place = this.place(Number(digits));
      return place ? `:${place.line}` : whole;
    });
  }

  /** The topmost frame of a stack that lies in a file of the table. */
  topPlace(stack: string): SourcePlace | undefined {
    for (const [, digits] of stack.matchAll(/:(\d{6,}):\d+/g)) {
      const place = this.place(Number(digits));
      if (place) return place;
    }
    return undefined;
  }
}
