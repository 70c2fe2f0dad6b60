import type { Milliseconds } from "../../../core/units.ts";
import type { Compilation } from "../../worker/measuring/slowBlocks/codeLog.ts";
import type { LongBlock } from "./blockLog.ts";

export type CodeCause = "first calls" | "deoptimisation";

/** Slow blocks with no more ordinary ones between them belong together. */
export const GAP = 2;
/** What V8 compiled last is in use by so many blocks later. */
const IN_USE = 8;
const MOST_BETWEEN = 32;
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
  const beginners = beginnersIn(stretch.flatMap(({ compilations }) => compilations));
  const begun = stretch.filter(({ compilations }) => compilations.some((one) => beginners.has(placeOf(one))));
  const causes: [LongBlock, CodeCause][] = [];
  let cause: CodeCause | null = null;
  for (const long of stretch) {
    const compiled = long.compilations.map((one) => beginners.get(placeOf(one)));
    if (cause === "first calls" && !isCompiling(long, begun)) cause = null;
    // A function that comes and is called often makes V8 take back the code that calls it: that isn't what is slow.
    if (compiled.includes("often")) cause = "first calls";
    if (cause !== "first calls" && long.deoptimisations.length > 0) cause = "deoptimisation";
    if (cause === null && compiled.includes("some")) cause = "first calls";
    if (cause !== null) causes.push([long, cause]);
  }
  return causes;
}

/** Between two compilations that aren't too far apart, or soon after one. */
function isCompiling({ block }: LongBlock, begun: readonly LongBlock[]): boolean {
  const before = begun.findLast((one) => one.block <= block)?.block ?? -Infinity;
  const after = begun.find((one) => one.block > block)?.block ?? Infinity;
  return block - before <= IN_USE || after - before <= MOST_BETWEEN;
}

/**
 * Functions whose calls begin here: `often` where V8 has made their first code and optimised it, `some` where it has made
 * only that, or optimised them more than once. What it optimised once was called long before, as quickly.
 */
function beginnersIn(compilations: readonly Compilation[]): ReadonlyMap<string, "often" | "some"> {
  const beginners = new Map<string, "often" | "some">();
  for (const place of new Set(compilations.map(placeOf))) {
    const tiers = compilations.filter((one) => placeOf(one) === place).map(({ tier }) => tier);
    const isFirst = tiers.includes("first");
    if (isFirst || tiers.length > 1)
      beginners.set(place, isFirst && tiers.includes("optimised") ? "often" : "some");
  }
  return beginners;
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
