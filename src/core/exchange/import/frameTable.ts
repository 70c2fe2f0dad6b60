import type { CallTreeFunction, FunctionKind } from "../../run/run.ts";

/** A place in a call stack, before it is known as a number. */
export interface Frame {
  readonly name: string;
  /** As a run names it; empty where there is no source. */
  readonly file: string;
  readonly kind: FunctionKind;
  /** From 1; 0 where none is known. */
  readonly line: number;
}

/**
 * The frames of a profile by number. Where lines say what was at work, two lines of one function are two frames of it;
 * where they say where functions begin, they are two functions.
 */
export class FrameTable {
  readonly #linesAreAtWork: boolean;
  readonly #functions: { name: string; file: string; line: number; kind: FunctionKind }[] = [];
  readonly #functionOf: number[] = [];
  readonly #lineOf: number[] = [];
  readonly #knownFunctions = new Map<string, number>();
  readonly #knownFrames = new Map<string, number>();

  constructor(linesAreAtWork: boolean) {
    this.#linesAreAtWork = linesAreAtWork;
  }

  /** True where a frame's line is the one that it was at, false where it is the one at which its function begins. */
  get linesAreAtWork(): boolean {
    return this.#linesAreAtWork;
  }

  add({ name: written, file, kind, line }: Frame): number {
    const name = onOneLine(written);
    const known = file === "" ? 0 : line;
    const frame = `${known} ${kind} ${file}\n${name}`;
    const place = this.#knownFrames.get(frame);
    if (place !== undefined) return place;
    const index = this.#functionOf.length;
    this.#functionOf.push(this.#functionIndex(name, file, kind, known));
    this.#lineOf.push(known);
    this.#knownFrames.set(frame, index);
    return index;
  }

  #functionIndex(name: string, file: string, kind: FunctionKind, line: number): number {
    const key = `${this.#linesAreAtWork ? "" : line} ${kind} ${file}\n${name}`;
    const index = this.#knownFunctions.get(key) ?? this.#functions.length;
    const known = this.#functions[index];
    if (!known) {
      this.#knownFunctions.set(key, index);
      this.#functions.push({ name, file, line, kind });
    } else if (line > 0 && (known.line === 0 || line < known.line)) {
      // Nothing says where it begins: not behind the first line that was seen at work.
      known.line = line;
    }
    return index;
  }

  /** Index into {@link functions}. */
  functionOf(frame: number): number {
    return this.#functionOf[frame] ?? 0;
  }

  lineOf(frame: number): number {
    return this.#lineOf[frame] ?? 0;
  }

  get size(): number {
    return this.#functionOf.length;
  }

  /** Those of all frames. */
  get functions(): readonly CallTreeFunction[] {
    return this.#functions;
  }
}

/** Names are read in one line; what controls a terminal or breaks a line is no part of them. */
export const onOneLine = (name: string): string => name.replace(/[\s\p{Cc}]+/gu, " ").trim();
