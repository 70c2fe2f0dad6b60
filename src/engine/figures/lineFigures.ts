import { lineTicks, type LineTicks } from "../../core/callTree/lineTicks.ts";
import type { Outlines } from "../../core/callTree/frames.ts";
import type { TickNode } from "../../core/callTree/ticksTree.ts";
import { mergedFolded } from "../../core/lines/foldedTimes.ts";
import type { FoldedTime, LineFigures } from "../../core/run/run.ts";
import { shareError } from "../../core/statistics.ts";
import type { Milliseconds, Share } from "../../core/units.ts";

/**
 * Of an inlined function's ticks so many may stand on its call line. In the sampled pass, where V8's middle compiler
 * inlines nothing, measured to stay below 3 % (`npm run bench -- accuracy`); elsewhere up to 8 %.
 */
const INLINING_BIAS = { sampledApart: 0.04, sampledWhileTimed: 0.08 };

/**
 * Ticks come at regular intervals: where code runs on for longer than one, its share spreads less than a binomial share,
 * where lines alternate quickly as much. Between both, so that the error holds the truth in 19 of 20 lines of
 * `npm run bench -- accuracy`.
 */
const REGULARITY = 0.7;

/**
 * By so much of itself a share differs between processes that run the same, as compiled code and data lie elsewhere and
 * stages' times vary; from there, too.
 */
const UNSTEADINESS: Share = 0.03;

export interface StageWork {
  readonly name: string;
  readonly selfMs: Milliseconds;
  readonly ticks: number;
}

/** What lines are a part of. */
export interface Whole {
  /** Of all stages. */
  readonly allMs: Milliseconds;
  readonly audioMs: Milliseconds;
  readonly sampled: keyof typeof INLINING_BIAS;
}

/**
 * Time per line: its share of its stage's ticks, times the stage's measured time. The error joins chance (a share of
 * the stage's ticks), the bias of inlining, and what differs from process to process.
 */
export function lineFigures(
  roots: readonly TickNode[],
  outlines: Outlines,
  stages: readonly StageWork[],
  whole: Whole,
): LineFigures[] {
  const { audioMs, sampled } = whole;
  const allMs = whole.allMs || 1;
  const figures = lineTicks(roots, outlines, INLINING_BIAS[sampled]).map((line): LineFigures => {
    const {
      name,
      selfMs: stageMs,
      ticks: stageTicks,
    } = stages[line.stage] ?? { name: "", selfMs: 0, ticks: 0 };
    const part = stageTicks > 0 ? line.self / stageTicks : 0;
    const stageShare = stageMs / allMs;
    const chance = REGULARITY * shareError(Math.min(1, part), stageTicks);
    const bias = stageTicks > 0 ? line.uncertain / stageTicks : 0;
    const selfMs = part * stageMs;
    return {
      file: line.file,
      line: line.line,
      stage: name,
      selfMs,
      totalMs: stageTicks > 0 ? (line.total / stageTicks) * stageMs : 0,
      share: selfMs / allMs,
      error: stageShare * Math.hypot(chance, bias, UNSTEADINESS * part),
      load: selfMs / audioMs,
      ticks: Math.round(line.self),
      folded: foldedTimes(line, stageTicks > 0 ? stageMs / stageTicks : 0),
    };
  });
  return figures.sort((a, b) => b.selfMs - a.selfMs);
}

/** More of them say nothing more of the line. */
const MOST_FOLDED = 8;

function foldedTimes({ folded }: LineTicks, msPerTick: Milliseconds): FoldedTime[] {
  const times = [...folded].map(([{ name, file, kind }, ticks]) => ({
    name,
    file,
    kind,
    ms: ticks * msPerTick,
  }));
  return mergedFolded(times)
    .filter(({ ms }) => ms > 0)
    .slice(0, MOST_FOLDED);
}
