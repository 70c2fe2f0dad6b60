import type { Benchmark } from "../bench.ts";
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
import { shareFigures } from "./shareFigures.ts";
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

/** Line shares of a suite of shapes beside their truth; and the stages' times beside a clock outside of the profiler. */
export const accuracy: Benchmark = async (setting) => {
  const shapes = setting.extent === "full" ? [...SHAPES, ...MORE_SHAPES] : SHAPES;
  return [...(await shareFigures(shapes, RUNS[setting.extent], setting)), ...(await stageTimes(setting))];
};
