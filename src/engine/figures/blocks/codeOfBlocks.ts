import type { Milliseconds } from "../../../core/units.ts";
import type { Compilation } from "../../worker/measuring/slowBlocks/codeLog.ts";
import type { LongBlock } from "./blockLog.ts";

export type CodeCause = "first calls" | "deoptimisation";

/** Slow blocks with no more ordinary ones between them belong together. */
export const GAP = 2;
/** What V8 compiled last is in use by so many blocks later. */
const IN_USE = 8;
/** Where V8 doesn't tell what it compiles, the first calls last until no block was slow for so many blocks and so long. */
const SETTLED_BLOCKS = 32;
const SETTLED_MS: Milliseconds = 20;

/**
 * What V8 did to the code in slow blocks, or in one before with which they belong together: it stays slow until V8 has
 * compiled it anew.
 *
 * @param slow in order
 * @param isExplained whether what was measured of the block itself makes it slow
 * @param isTold whether V8 tells what it compiles
 */
export function codeCausesOf(
  slow: readonly LongBlock[],
  isExplained: (long: LongBlock) => boolean,
  isTold: boolean,
): ReadonlyMap<LongBlock, CodeCause> {
  return isTold
    ? new Map(stretchesOf(slow, isExplained).flatMap(causesIn))
    : withoutCompilations(slow.filter((long) => !isExplained(long)));
}

function stretchesOf(slow: readonly LongBlock[], isExplained: (long: LongBlock) => boolean): LongBlock[][] {
  const stretches: LongBlock[][] = [];
  let before = -Infinity;
  for (const long of slow) {
    const stretch = stretches.at(-1);
    if (stretch && long.block - before <= GAP + 1) stretch.push(long);
    else stretches.push([long]);
    // What is slow by something else carries nothing on; but there, too, V8 may take code back.
    if (!isExplained(long) || hasChanged(long)) before = long.block;
  }
  return stretches;
}

const hasChanged = ({ deoptimisations, compilations }: LongBlock): boolean =>
  deoptimisations.length + compilations.length > 0;

function causesIn(stretch: readonly LongBlock[]): [LongBlock, CodeCause][] {
  const newcomers = newcomersIn(stretch.flatMap(({ compilations }) => compilations));
  const last = stretch.findLast(({ compilations }) => compilations.length > 0)?.block ?? -Infinity;
  const causes: [LongBlock, CodeCause][] = [];
  let cause: CodeCause | null = null;
  for (const long of stretch) {
    if (cause === "first calls" && long.block > last + IN_USE) cause = null;
    // A function that comes and is called often makes V8 take back the code that calls it: that isn't what is slow.
    if (long.compilations.some((one) => newcomers.has(placeOf(one)))) cause = "first calls";
    if (cause !== "first calls" && long.deoptimisations.length > 0) cause = "deoptimisation";
    if (cause === null && long.compilations.length > 0) cause = "first calls";
    if (cause !== null) causes.push([long, cause]);
  }
  return causes;
}

/** Functions that are called for the first time and so often that V8 optimises them at once. */
function newcomersIn(compilations: readonly Compilation[]): ReadonlySet<string> {
  const first = new Set(compilations.filter(({ tier }) => tier === "first").map(placeOf));
  return new Set(
    compilations
      .filter(({ tier }) => tier === "optimised")
      .map(placeOf)
      .filter((place) => first.has(place)),
  );
}

const placeOf = ({ url, line, column }: Compilation): string => `${url}:${line}:${column}`;

function withoutCompilations(slow: readonly LongBlock[]): ReadonlyMap<LongBlock, CodeCause> {
  const causes = new Map<LongBlock, CodeCause>();
  const settled = settledAt(slow);
  let deoptimised = -Infinity;
  for (const long of slow) {
    if (long.deoptimisations.length > 0 || long.block - deoptimised <= GAP + 1) deoptimised = long.block;
    if (long.block < settled) causes.set(long, "first calls");
    else if (deoptimised === long.block) causes.set(long, "deoptimisation");
  }
  return causes;
}

/** The first block after which V8 had compiled what runs often; 0 where no block was slow at the beginning. */
function settledAt(slow: readonly LongBlock[]): number {
  let [block, end] = [-1, 0];
  for (const { block: next, at, ms } of slow) {
    if (next - block > SETTLED_BLOCKS && at - end > SETTLED_MS) break;
    block = next;
    end = at + ms;
  }
  return block + 1;
}
