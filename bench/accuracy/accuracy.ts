import { join } from "node:path";
import type { Benchmark, BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../report/figure.ts";
import { startProfiling } from "../profiling.ts";
import { writeNoise } from "../recording.ts";
import type { Shape } from "./shape.ts";
import { shownShare, type ShownShare } from "./shownShare.ts";
import { fourLoops } from "./shapes/fourLoops.ts";
import { longExpression } from "./shapes/longExpression.ts";
import { sharedHelper } from "./shapes/sharedHelper.ts";
import { fitShape, truthOf, type FittedShape } from "./truth.ts";

const RUNS = { quick: 2, usual: 20, full: 100 };
const RECORDING_SECONDS = 10;
/** In points of all measured time. */
const NEAR = 2;
const RUNS_NEAR = 19 / 20;
const PAIRS_COVERED = 0.9;

/** One target in all runs. */
interface TargetResult {
  readonly title: string;
  /** In points, 0–100: the median of what the clock said, before each run. */
  readonly truth: number;
  /** Points beside the truth, by run. */
  readonly offsets: readonly number[];
  /** Whether the error shown reaches the truth, by run. */
  readonly covered: readonly boolean[];
}

/** Line shares beside the truth of clocks around the same loops, in processes without the profiler, run by turns. */
export const accuracy: Benchmark = async (setting) => {
  const audio = join(setting.folder, "noise.wav");
  await writeNoise(audio, RECORDING_SECONDS);
  const figures: Figure[] = [];
  const covered: boolean[] = [];
  for (const shape of [fourLoops, sharedHelper, longExpression]) {
    const results = await resultsOf(shape, audio, setting);
    figures.push(...figuresOf(shape, results));
    covered.push(...results.flatMap((result) => result.covered));
  }
  return [...figures, coverage("all lines and runs: the error shown contains the truth", covered)];
};

async function resultsOf(
  shape: Shape,
  audio: string,
  setting: BenchmarkSetting,
): Promise<readonly TargetResult[]> {
  setting.say(`${shape.title}: fitting`);
  const fitted = await fitShape(shape, setting.folder);
  const truths: ReadonlyMap<string, number>[] = [];
  const shown: ShownShare[][] = [];
  const runs = RUNS[setting.extent];
  for (let run = 0; run < runs; run += 1) {
    setting.say(`${shape.title}: ${run + 1}/${runs}`);
    truths.push(await truthOf(fitted));
    shown.push(await profiledShares(fitted, audio, setting));
  }
  return shape.targets.map(({ name, title }, target) => {
    const truth = median(truths.map((laps) => laps.get(name) ?? 0));
    const pairs = shown.map((shares) => shares[target] ?? { share: 0, error: 0 });
    return {
      title,
      truth: truth * 100,
      offsets: pairs.map(({ share }) => Math.abs(share - truth) * 100),
      covered: pairs.map(({ share, error }) => Math.abs(share - truth) <= error),
    };
  });
}

async function profiledShares(
  { shape, pipeline, workspace }: FittedShape,
  audio: string,
  { root, machine }: BenchmarkSetting,
): Promise<ShownShare[]> {
  const { outcome } = await startProfiling({ root, machine, audio, pipeline, workspace });
  const { run, sources } = await outcome;
  return shape.targets.map((target) => shownShare(run, sources, target));
}

function figuresOf({ title }: Shape, results: readonly TargetResult[]): Figure[] {
  const runs = results[0]?.offsets.length ?? 0;
  const allNear = Array.from({ length: runs }, (_, run) =>
    results.every(({ offsets }) => (offsets[run] ?? Infinity) <= NEAR),
  ).filter(Boolean).length;
  const needed = Math.ceil(runs * RUNS_NEAR);
  const lines = results.flatMap((result) => [
    plainFigure(`${title}: ${result.title}, truth`, result.truth, "%"),
    plainFigure(`${title}: ${result.title}, median off`, median(result.offsets), "points"),
    plainFigure(`${title}: ${result.title}, worst off`, Math.max(...result.offsets), "points"),
  ]);
  return [
    boundedFigure(
      `${title}: runs with each within ${NEAR} points`,
      allNear,
      "runs",
      `each within ${NEAR} points, ${needed} runs of ${runs}`,
      allNear >= needed,
    ),
    ...lines,
    plainFigure(
      `${title}: the error shown contains the truth`,
      shareOf(results.flatMap((result) => result.covered)),
      "%",
    ),
  ];
}

const shareOf = (answers: readonly boolean[]): number =>
  (answers.filter(Boolean).length / (answers.length || 1)) * 100;

function coverage(name: string, covered: readonly boolean[]): Figure {
  const share = shareOf(covered);
  return boundedFigure(name, share, "%", `≥ ${PAIRS_COVERED * 100} %`, share >= PAIRS_COVERED * 100);
}
