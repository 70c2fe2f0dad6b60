import type { Benchmark } from "../bench.ts";
import { boundedFigure, median, plainFigure, worst, type Figure } from "../report/figure.ts";
import { measureShape, type TargetResult } from "./measureShape.ts";
import type { Shape } from "./shape.ts";
import { asynchronous } from "./shapes/asynchronous.ts";
import { classes } from "./shapes/classes.ts";
import { closures } from "./shapes/closures.ts";
import { fourWorkers } from "./shapes/fourWorkers.ts";
import { generators } from "./shapes/generators.ts";
import { inlinedOverFiles } from "./shapes/inlinedOverFiles.ts";
import { longExpression } from "./shapes/longExpression.ts";
import { nestedLoops } from "./shapes/nestedLoops.ts";
import { oneLineLoops } from "./shapes/oneLineLoops.ts";
import { recursion } from "./shapes/recursion.ts";
import { sharedHelper } from "./shapes/sharedHelper.ts";
import { typedArrays } from "./shapes/typedArrays.ts";
import { webAssembly } from "./shapes/webAssembly.ts";
import { stageTimes } from "./stageTimes/stageTimes.ts";

const SHAPES: readonly Shape[] = [
  nestedLoops,
  inlinedOverFiles,
  sharedHelper,
  recursion,
  typedArrays,
  asynchronous,
  generators,
  classes,
  closures,
  webAssembly,
  oneLineLoops,
  fourWorkers,
];
/** With `--full` only: the others take ten minutes. */
const MORE_SHAPES: readonly Shape[] = [longExpression];
const RUNS = { quick: 2, usual: 20, full: 100 };
/** In points of all measured time. */
const NEAR = 1.5;
const RUNS_NEAR = 19 / 20;
/** Of lines and runs, in percent: fewer, and the error shown is too small; more, and it says less than is known. */
const COVERED = { least: 90, most: 99 };

/**
 * Line shares beside the truth of clocks around the same loops, in processes without the profiler, run by turns; and the
 * stages' times beside a clock outside of the profiler.
 */
export const accuracy: Benchmark = async (setting) => {
  const figures: Figure[] = [];
  const covered: boolean[] = [];
  for (const shape of setting.extent === "full" ? [...SHAPES, ...MORE_SHAPES] : SHAPES) {
    const results = await measureShape(shape, RUNS[setting.extent], setting);
    figures.push(...figuresOf(shape, results));
    covered.push(...results.flatMap(coveredIn));
  }
  const all = coverage("all lines and runs: the error shown contains the truth", covered);
  return [...figures, all, ...(await stageTimes(setting))];
};

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
