import type { BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, worst, type Figure } from "../report/figure.ts";
import { measureShape, type TargetResult } from "./measureShape.ts";
import type { Shape } from "./shape.ts";

/** In points of all measured time. */
const NEAR = 1.5;
const RUNS_NEAR = 19 / 20;
/** Of lines and runs, in percent: fewer, and the error shown is too small; more, and it says less than is known. */
const COVERED = { least: 90, most: 99 };

/**
 * Line shares beside the truth of clocks around the same loops, in processes without the profiler, run by turns.
 */
export async function shareFigures(
  shapes: readonly Shape[],
  runs: number,
  setting: BenchmarkSetting,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const covered: boolean[] = [];
  for (const shape of shapes) {
    const results = await measureShape(shape, runs, setting);
    figures.push(...figuresOf(shape, results));
    covered.push(...results.flatMap(coveredIn));
  }
  return [...figures, coverage("all lines and runs: the error shown contains the truth", covered)];
}

function figuresOf({ title, run }: Shape, results: readonly TargetResult[]): Figure[] {
  const near = run?.near ?? NEAR;
  const runs = results[0]?.offsets.length ?? 0;
  const allNear = Array.from({ length: runs }, (_, at) =>
    results.every(({ offsets }) => Math.abs(offsets[at] ?? Infinity) <= near),
  ).filter(Boolean).length;
  const needed = Math.ceil(runs * RUNS_NEAR);
  const lines = results.flatMap((result) => {
    const off = result.offsets.map(Math.abs);
    return [
      plainFigure(`${title}: ${result.title}, truth`, result.truth, "%"),
      plainFigure(`${title}: ${result.title}, median off`, median(off), "points"),
      plainFigure(`${title}: ${result.title}, worst off`, worst(off), "points"),
    ];
  });
  return [
    boundedFigure(
      `${title}: runs with each within ${near} points`,
      allNear,
      "runs",
      `each within ${near} points, ${needed} runs of ${runs}`,
      allNear >= needed,
    ),
    ...lines,
    plainFigure(`${title}: the error shown contains the truth`, percentOf(results.flatMap(coveredIn)), "%"),
  ];
}

const coveredIn = ({ offsets, errors }: TargetResult): boolean[] =>
  errors.map((error, run) => Math.abs(offsets[run] ?? Infinity) <= error);

const percentOf = (answers: readonly boolean[]): number =>
  (answers.filter(Boolean).length / (answers.length || 1)) * 100;

function coverage(name: string, covered: readonly boolean[]): Figure {
  const percent = percentOf(covered);
  const { least, most } = COVERED;
  return boundedFigure(name, percent, "%", `${least}–${most} %`, percent >= least && percent <= most);
}
