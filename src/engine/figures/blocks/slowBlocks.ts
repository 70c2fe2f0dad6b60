import { formatCount, formatDuration, plural } from "../../../core/format.ts";
import {
  SLOW_BLOCK_CAUSES,
  type SlowBlockCause,
  type SlowBlocks,
  type SlowEpisode,
} from "../../../core/run/measured/slowBlocks.ts";
import type { Base1Line, Frames, Hertz, Milliseconds, Share } from "../../../core/units.ts";
import type { Deoptimisation } from "../../worker/measuring/slowBlocks/codeLog.ts";
import { differenceInAudio } from "./audioOfBlocks.ts";
import type { BlockLog, LongBlock } from "./blockLog.ts";
import { codeCausesOf, GAP, type CodeCause } from "./codeOfBlocks.ts";
import type { RepeatedBlocks, RepeatedUsual } from "./repeatedBlocks.ts";

interface BlockLength {
  readonly blockFrames: Frames;
  readonly sampleRate: Hertz;
}

export interface SlowBlockOptions extends BlockLength {
  /** Null where the blocks weren't repeated. */
  readonly repeated: RepeatedBlocks | null;
  readonly stages: readonly { readonly name: string; readonly usualMs: Milliseconds }[];
  /** Where a line that V8 numbered was written; undefined outside of the workspace. */
  place(this: void, line: number): { readonly file: string; readonly line: Base1Line } | undefined;
}

/** A slow block takes so much longer than half of all, and by so much that it matters beside a block's length. */
const SLOW = 1.4;
const LEAST_EXCESS_MS: Milliseconds = 0.05;
const LEAST_EXCESS_OF_BUDGET = 0.01;
/** What explains so much of the time above the usual is the cause. */
const MOST_OF_IT = 0.5;
/** What explains so much of it each time is it, too: the rest is how quick the processor happened to be. */
const EACH_TIME = 1 / 3;
/** A block that takes less above the usual when it is repeated isn't slow again. */
const SLOW_AGAIN: Share = 0.3;
const MOST_EPISODES = 200;

interface Explained {
  readonly long: LongBlock;
  readonly excess: Milliseconds;
  readonly stage: number;
  readonly cause: SlowBlockCause;
  /** Of all slow blocks; null where they have none. */
  readonly rhythm: number | null;
}

/** Which blocks of one worker alone were slow, and why. */
export function slowBlocksOf(log: BlockLog, options: SlowBlockOptions): SlowBlocks {
  const { usualMs, thresholdMs, slow } = slowIn(log, options);
  const explained = explain(slow, log, usualMs, options);
  const excessOf = (blocks: readonly Explained[]): Milliseconds =>
    blocks.reduce((sum, { excess }) => sum + excess, 0);
  const worst = episodesOf(explained)
    .toSorted((a, b) => excessOf(b) - excessOf(a))
    .slice(0, MOST_EPISODES);
  // Of the shorter ones of very many nothing else is known.
  const notKept = log.isCut ? Math.max(0, log.all.longerThan(thresholdMs) - slow.length) : 0;
  return {
    thresholdMs,
    usualMs,
    count: slow.length + notKept,
    byCause: SLOW_BLOCK_CAUSES.map((cause) => ({
      cause,
      count: explained.filter((one) => one.cause === cause).length + (cause === "unexplained" ? notKept : 0),
    })).filter(({ count }) => count > 0),
    episodes: worst
      .map((blocks) => episodeOf(blocks, usualMs, options))
      .sort((a, b) => a.firstBlock - b.firstBlock),
  };
}

/** Slow blocks that what was measured of them doesn't explain, in order. */
export function unexplainedBlocks(log: BlockLog, length: BlockLength): readonly LongBlock[] {
  const { usualMs, slow } = slowIn(log, length);
  return slow.filter((long) => measuredCause(long, usualMs) === null || isSlowWithoutIt(long, usualMs));
}

function slowIn(
  log: BlockLog,
  { blockFrames, sampleRate }: BlockLength,
): {
  readonly usualMs: Milliseconds;
  readonly thresholdMs: Milliseconds;
  readonly slow: readonly LongBlock[];
} {
  const usualMs = log.all.percentile(0.5);
  const budgetMs = (blockFrames / sampleRate) * 1000;
  const leastExcess = Math.max(LEAST_EXCESS_MS, LEAST_EXCESS_OF_BUDGET * budgetMs);
  const thresholdMs = Math.max(SLOW * usualMs, usualMs + leastExcess);
  return { usualMs, thresholdMs, slow: log.long.filter(({ ms }) => ms > thresholdMs) };
}

function explain(
  slow: readonly LongBlock[],
  { tellsCompilations }: BlockLog,
  usualMs: Milliseconds,
  options: SlowBlockOptions,
): Explained[] {
  const isExplained = (long: LongBlock): boolean => measuredCause(long, usualMs) !== null;
  const code = codeCausesOf(slow, isExplained, tellsCompilations);
  const others = options.repeated?.usualBut(new Set(slow.map(({ block }) => block)));
  const usualAgain = others ?? { again: usualMs, withNoise: usualMs };
  const rhythm = rhythmOf(slow);
  return slow.map((long, at) => {
    // In order and each once, so that none is further from it than its place.
    const around = slow.slice(Math.max(0, at - AROUND), at + AROUND + 1);
    const again = againOf(around, long, usualAgain, options);
    const cause = causeOf(long, usualMs, { again, code: code.get(long) ?? null, hasRhythm: rhythm !== null });
    return { long, excess: long.ms - usualMs, stage: worstStage(long, options), cause, rhythm };
  });
}

/** Of the slow blocks within so many: what disturbed one of them when it was repeated doesn't count. */
const AROUND = 4;

/**
 * By which share of the usual a block and the slow blocks around it took longer when they were repeated: of the usual of that
 * pass, because a processor isn't as quick in each.
 */
interface Again {
  readonly excess: Share;
  /** With faint noise; null where there was no time for that. */
  readonly withNoise: Share | null;
}

function againOf(
  around: readonly LongBlock[],
  long: LongBlock,
  usual: RepeatedUsual,
  { repeated }: SlowBlockOptions,
): Again | null {
  const again = medianAround(around, long, (block) => repeated?.again(block) ?? null);
  const withNoise = medianAround(around, long, (block) => repeated?.withNoise(block) ?? null);
  if (again === null) return null;
  return {
    excess: again / usual.again - 1,
    withNoise: withNoise === null ? null : withNoise / usual.withNoise - 1,
  };
}

function medianAround(
  around: readonly LongBlock[],
  { block: at }: LongBlock,
  time: (block: number) => Milliseconds | null,
): Milliseconds | null {
  const times = around
    .filter(({ block }) => Math.abs(block - at) <= AROUND)
    .flatMap(({ block }) => time(block) ?? [])
    .sort((a, b) => a - b);
  return times[times.length >> 1] ?? null;
}

interface Seen {
  readonly again: Again | null;
  readonly code: CodeCause | null;
  readonly hasRhythm: boolean;
}

/**
 * What was measured of the block itself, unless it were slow without that, too; then what is so each time, then what V8 did to
 * the code.
 */
function causeOf(long: LongBlock, usualMs: Milliseconds, { again, code, hasRhythm }: Seen): SlowBlockCause {
  const measured = measuredCause(long, usualMs);
  if (measured !== null && !isSlowWithoutIt(long, usualMs)) return measured;
  if (again !== null && again.excess >= Math.max(SLOW_AGAIN, EACH_TIME * (long.ms / usualMs - 1))) {
    if (again.withNoise !== null && again.withNoise < MOST_OF_IT * again.excess) return "denormals";
    return hasRhythm ? "own rhythm" : "the audio itself";
  }
  return measured ?? code ?? "unexplained";
}

function measuredCause(
  { ms, collectedMs, waitedMs }: LongBlock,
  usualMs: Milliseconds,
): SlowBlockCause | null {
  const most = MOST_OF_IT * (ms - usualMs);
  if (collectedMs >= most) return "collection";
  return waitedMs >= most ? "another process" : null;
}

const isSlowWithoutIt = ({ ms, collectedMs, waitedMs }: LongBlock, usualMs: Milliseconds): boolean =>
  ms - collectedMs - waitedMs > SLOW * usualMs;

const FEWEST_BEATS = 4;

/** Every how many blocks one is slow, where that is always so; otherwise null. */
function rhythmOf(slow: readonly LongBlock[]): number | null {
  const distances = slow.slice(1).map(({ block }, index) => block - (slow[index]?.block ?? 0));
  const [first] = distances.toSorted((a, b) => a - b).slice(distances.length >> 1);
  const alike = distances.filter((distance) => distance === first).length;
  return first !== undefined && first > 1 && alike >= Math.max(FEWEST_BEATS, 0.9 * distances.length)
    ? first
    : null;
}

/** In which most of the time above the usual was spent. */
function worstStage({ stageMs }: LongBlock, { stages }: SlowBlockOptions): number {
  const excesses = [...stageMs].map(([stage, ms]) => [stage, ms - (stages[stage]?.usualMs ?? 0)] as const);
  const [worst] = excesses.sort(([, a], [, b]) => b - a);
  return worst?.[0] ?? -1;
}

function episodesOf(explained: readonly Explained[]): Explained[][] {
  const episodes: Explained[][] = [];
  for (const one of explained) {
    const last = episodes.at(-1)?.at(-1);
    const isNear = last !== undefined && one.long.block - last.long.block <= GAP + 1;
    const goesOn =
      last?.cause === one.cause && last.stage === one.stage && (isNear || one.cause === "own rhythm");
    if (goesOn) episodes.at(-1)?.push(one);
    else episodes.push([one]);
  }
  return episodes;
}

function episodeOf(
  blocks: readonly Explained[],
  usualMs: Milliseconds,
  options: SlowBlockOptions,
): SlowEpisode {
  const first = blocks[0]?.long.block ?? 0;
  const last = blocks.at(-1)?.long.block ?? first;
  const cause = blocks[0]?.cause ?? "unexplained";
  const longs = blocks.map(({ long }) => long);
  const place = cause === "deoptimisation" ? placeOf(longs, options) : undefined;
  return {
    cause,
    evidence: evidenceOf(cause, blocks, usualMs, options),
    firstBlock: first,
    blocks: blocks.length,
    time: (first * options.blockFrames) / options.sampleRate,
    ...momentsOf(longs),
    frames: (last - first + 1) * options.blockFrames,
    longestMs: Math.max(...longs.map(({ ms }) => ms)),
    excessMs: blocks.reduce((sum, { excess }) => sum + excess, 0),
    stage: options.stages[blocks[0]?.stage ?? -1]?.name ?? "",
    ...place,
  };
}

/** From the first one's beginning to the last one's end. */
function momentsOf(blocks: readonly LongBlock[]): Pick<SlowEpisode, "atMs" | "lastedMs"> {
  const [first] = blocks;
  const last = blocks.at(-1);
  return first && last ? { atMs: first.at, lastedMs: last.at + last.ms - first.at } : {};
}

function placeOf(
  blocks: readonly LongBlock[],
  { place }: SlowBlockOptions,
): ReturnType<SlowBlockOptions["place"]> {
  return deoptimisationsIn(blocks).flatMap(({ line }) => place(line) ?? [])[0];
}

const deoptimisationsIn = (blocks: readonly LongBlock[]): readonly Deoptimisation[] =>
  blocks.flatMap(({ deoptimisations }) => deoptimisations);

/** One sentence: what was seen that says so. */
function evidenceOf(
  cause: SlowBlockCause,
  explained: readonly Explained[],
  usualMs: Milliseconds,
  options: SlowBlockOptions,
): string {
  const blocks = explained.map(({ long }) => long);
  const sum = (of: (block: LongBlock) => number): number => blocks.reduce((all, block) => all + of(block), 0);
  const excess = formatDuration(sum(({ ms }) => ms - usualMs));
  const longer = `${excess} that ${blocks.length === 1 ? "it" : "they"} took longer`;
  // A block waits beside its usual work, too.
  const partOfExcess = (of: (block: LongBlock) => Milliseconds): string =>
    formatDuration(sum((block) => Math.min(of(block), block.ms - usualMs)));
  const longest = formatDuration(Math.max(...blocks.map(({ ms }) => ms)));
  const usual = formatDuration(usualMs);
  switch (cause) {
    case "first calls":
      return `${firstCallsWords(blocks)} took up to ${longest}, repeated they take ${usual}: V8 ${compiledWords(blocks, options)}.`;
    case "deoptimisation":
      return `V8 took compiled code back: ${deoptWords(blocks, options)}.`;
    case "collection":
      return `Garbage was collected for ${partOfExcess(({ collectedMs }) => collectedMs)} of the ${longer}.${besides(blocks, options)}`;
    case "another process":
      return `The thread was ready and had no core for ${partOfExcess(({ waitedMs }) => waitedMs)} of the ${longer}.${besides(blocks, options)}`;
    case "denormals":
      return `With noise of 1e-20 at each stage's input the same blocks take ${againWords(blocks, (block) => options.repeated?.withNoise(block) ?? null)}${denormalWords(blocks, options)}.`;
    case "the audio itself":
      return `Repeated, they take as long again${differenceInAudio(blocks, options.repeated)}.`;
    case "own rhythm":
      return `One block in ${formatCount(explained[0]?.rhythm ?? 0)} takes so long, and again when it is repeated: a stage gathers blocks before it works.`;
    case "unexplained":
      return options.repeated?.again(blocks[0]?.block ?? 0) == null
        ? `Nothing that was looked at explains the ${longer}.`
        : `Repeated, ${blocks.length === 1 ? "it" : "they"} took ${againWords(blocks, (block) => options.repeated?.again(block) ?? null)}, and nothing that was looked at explains the ${longer}.`;
  }
}

/** Where the first calls of the pipeline are these, or those of a function that came later. */
function firstCallsWords(blocks: readonly LongBlock[]): string {
  const [first, last] = [blocks[0]?.block ?? 0, blocks.at(-1)?.block ?? 0];
  return first < blocks.length + GAP
    ? `${formatCount(blocks.length)} of the first ${plural(last + 1, "block")}`
    : plural(blocks.length, "block");
}

const MOST_COMPILED = 3;

function compiledWords(blocks: readonly LongBlock[], { place }: SlowBlockOptions): string {
  const optimised = blocks.flatMap(({ compilations }) =>
    compilations.filter(({ tier }) => tier === "optimised"),
  );
  const names = optimised.flatMap(({ name, line }) => {
    const at = place(line);
    return at ? `${name || "a function"} (${at.file}:${at.line})` : [];
  });
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return "compiles what runs often";
  const more =
    distinct.length > MOST_COMPILED ? ` and ${formatCount(distinct.length - MOST_COMPILED)} more` : "";
  return `compiled ${distinct.slice(0, MOST_COMPILED).join(", ")}${more}`;
}

function besides(blocks: readonly LongBlock[], options: SlowBlockOptions): string {
  return deoptimisationsIn(blocks).length > 0
    ? ` V8 took compiled code back, too: ${deoptWords(blocks, options)}.`
    : "";
}

function deoptWords(blocks: readonly LongBlock[], { place }: SlowBlockOptions): string {
  const seen = deoptimisationsIn(blocks).map(({ line, reason }) => {
    const at = place(line);
    return at ? `${at.file}:${at.line} (${reason})` : reason;
  });
  const distinct = [...new Set(seen)];
  const more = distinct.length > 3 ? ` and ${plural(distinct.length - 3, "more place", "more places")}` : "";
  return distinct.slice(0, 3).join(", ") + more;
}

function againWords(blocks: readonly LongBlock[], again: (block: number) => Milliseconds | null): string {
  const times = blocks.flatMap(({ block }) => again(block) ?? []).sort((a, b) => a - b);
  return formatDuration(times[times.length >> 1] ?? 0);
}

function denormalWords(blocks: readonly LongBlock[], { repeated }: SlowBlockOptions): string {
  const most = Math.max(0, ...blocks.map(({ block }) => repeated?.denormals(block) ?? 0));
  return most > 0 ? `; up to ${formatCount(most)} samples of a block came out denormal` : "";
}
