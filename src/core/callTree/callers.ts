import { functionAt, type OutlinedCall } from "../lines/outline.ts";
import { distinct, keyOf, type FactoryPlace, type Outlines, type SourceFunction } from "./frames.ts";

/** How far up a chain of inlined functions is followed. */
const LONGEST_CHAIN = 12;

/** How many functions without ticks of their own may stand between a frame and what was inlined into it. */
const LONGEST_GAP = 3;

/** What a loop over audio calls of the language itself. */
const BUILT_INS: ReadonlySet<string> = new Set(
  [Math, Array.prototype, Object.getPrototypeOf(Float32Array.prototype) as object].flatMap((holder) =>
    Object.getOwnPropertyNames(holder),
  ),
);

/**
 * Says who called an inlined function. V8 leaves no frame of it, so the text has to tell: a caller is a function that
 * calls its name.
 */
export class Callers {
  readonly #outlines: Outlines;
  readonly #callsByName = new Map<string, { file: string; call: OutlinedCall }[]>();
  /** By function. */
  readonly #calledNames = new Map<string, Set<string>>();

  constructor(outlines: Outlines) {
    this.#outlines = outlines;
    for (const [file, { calls }] of outlines) {
      for (const call of calls) {
        const known = this.#callsByName.get(call.name) ?? [];
        known.push({ file, call });
        this.#callsByName.set(call.name, known);
        const caller = keyOf({ file, index: call.function });
        this.#calledNames.set(caller, (this.#calledNames.get(caller) ?? new Set()).add(call.name));
      }
    }
  }

  nameOf({ file, index }: SourceFunction): string {
    return this.#outlines.get(file)?.functions[index]?.name ?? "";
  }

  /** The function that was written around it. */
  enclosing({ file, index }: SourceFunction): SourceFunction | undefined {
    const parent = this.#outlines.get(file)?.functions[index]?.parent ?? -1;
    return parent < 0 ? undefined : { file, index: parent };
  }

  /** The lines of a function on which it calls the name. */
  callLines(caller: SourceFunction, name: string): number[] {
    const calls = this.#outlines.get(caller.file)?.calls ?? [];
    return [
      ...new Set(
        calls.filter((call) => call.function === caller.index && call.name === name).map(({ line }) => line),
      ),
    ];
  }

  /**
   * The lines of a function on which it calls what no known file defines: there a WebAssembly function may be meant, which
   * V8 often knows by a number only.
   *
   * @param known names of what it calls besides
   */
  foreignCallLines(caller: SourceFunction, known: readonly string[]): number[] {
    const defined = (name: string): boolean =>
      [...this.#outlines.values()].some(({ functions }) => functions.some((one) => one.name === name));
    const calls = this.#outlines.get(caller.file)?.calls ?? [];
    const foreign = calls.filter(
      ({ function: holder, name }) =>
        holder === caller.index && !BUILT_INS.has(name) && !known.includes(name) && !defined(name),
    );
    return [...new Set(foreign.map(({ line }) => line))];
  }

  /**
   * The functions between a frame and what was inlined into it, outermost first, the inlined one last.
   *
   * @param frame null: the stage's own frame, into which the block function itself was inlined
   * @param present functions that have ticks on the same frame
   */
  chain(
    inlined: SourceFunction,
    frame: SourceFunction | null,
    present: readonly SourceFunction[],
    factory: FactoryPlace | undefined,
  ): SourceFunction[] {
    const chain = [inlined];
    const seen = new Set([keyOf(inlined)]);
    for (let step = 0; step < LONGEST_CHAIN; step++) {
      const [top] = chain;
      const caller = top && this.#callerOf(top, frame, present, factory, seen);
      if (!caller || (frame && keyOf(caller) === keyOf(frame))) break;
      chain.unshift(caller);
      seen.add(keyOf(caller));
    }
    return chain;
  }

  #callerOf(
    called: SourceFunction,
    frame: SourceFunction | null,
    present: readonly SourceFunction[],
    factory: FactoryPlace | undefined,
    seen: ReadonlySet<string>,
  ): SourceFunction | undefined {
    const calling = this.#callersByName(called).filter((caller) => !seen.has(keyOf(caller)));
    const around = this.enclosing(called);
    const isAround = (caller: SourceFunction): boolean =>
      around !== undefined && keyOf(caller) === keyOf(around);
    if (frame && calling.some((caller) => keyOf(caller) === keyOf(frame))) return frame;
    const there = present.filter((caller) => !seen.has(keyOf(caller)));
    const known =
      there.find((caller) => calling.some((other) => keyOf(other) === keyOf(caller))) ?? there.find(isAround);
    if (known) return known;
    if (frame) return single(calling.filter((caller) => this.#isBelow(caller, frame))) ?? frame;
    const inStage = factory ? calling.filter((caller) => this.#isInside(caller, factory)) : [];
    return single(inStage) ?? single(calling);
  }

  #callersByName(called: SourceFunction): SourceFunction[] {
    const name = this.nameOf(called);
    return (name === "" ? [] : (this.#callsByName.get(name) ?? []))
      .filter(({ file, call }) => call.function >= 0 && this.#reaches(called, file, call))
      .map(({ file, call }) => ({ file, index: call.function }));
  }

  /** From another file a bare name means what was imported, and only what stands by itself can be. */
  #reaches(called: SourceFunction, file: string, { property }: OutlinedCall): boolean {
    return property || file === called.file || this.enclosing(called) === undefined;
  }

  /** Whether the frame calls it, itself or over functions that took no time of their own. */
  #isBelow(candidate: SourceFunction, frame: SourceFunction): boolean {
    const calledThere = this.#calledNames.get(keyOf(frame)) ?? new Set();
    const seen = new Set<string>();
    let level = [candidate];
    for (let gap = 0; gap <= LONGEST_GAP && level.length > 0; gap++) {
      if (level.some((one) => calledThere.has(this.nameOf(one)))) return true;
      for (const one of level) seen.add(keyOf(one));
      level = distinct(level.flatMap((one) => this.#callersByName(one))).filter(
        (one) => !seen.has(keyOf(one)),
      );
    }
    return false;
  }

  #isInside(candidate: SourceFunction, factory: FactoryPlace): boolean {
    const outline = this.#outlines.get(factory.file);
    if (!outline || candidate.file !== factory.file) return false;
    const holder = functionAt(outline, factory.line);
    for (let at: SourceFunction | undefined = candidate; at; at = this.enclosing(at)) {
      if (at.index === holder) return true;
    }
    return false;
  }
}

function single(candidates: readonly SourceFunction[]): SourceFunction | undefined {
  const [only, ...others] = distinct(candidates);
  return others.length === 0 ? only : undefined;
}
