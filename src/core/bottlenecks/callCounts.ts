import { formatCount } from "../format.ts";
import { measuredSeconds } from "../run/measuredAudio.ts";
import type { FunctionCount } from "../run/measured/counts.ts";
import type { CallTreeFunction, Run } from "../run/run.ts";
import { framesToSeconds } from "../units.ts";

/** How often something ran in the audio that was measured. */
export interface CallCount {
  readonly calls: number;
  /** Counted over an excerpt, and taken for as many in the rest. */
  readonly isEstimate: boolean;
}

/** `13,500`, `about 1,234,000`: an estimate has no more than four digits of its own. */
export const formatCalls = ({ calls, isEstimate }: CallCount): string =>
  isEstimate ? `about ${formatCount(Number(calls.toPrecision(4)))}` : formatCount(calls);

/** By the place of the function in the call tree's list; null where its calls weren't counted. */
export function functionCalls(run: Run): (CallCount | null)[] {
  const { counts, callTree } = run;
  if (counts === null) return callTree.functions.map(() => null);
  return callTree.functions.map((func) => {
    const counted = countedAs(func, counts.functions.filter(beginsAt(func)), callTree.functions);
    if (func.file === "" || counted.length === 0) return null;
    return counted
      .map(({ stage, calls }) => inMeasuredAudio(run, stage, calls))
      .reduce((sum, one) => ({ calls: sum.calls + one.calls, isEstimate: sum.isEstimate || one.isEstimate }));
  });
}

const beginsAt =
  ({ file, line }: CallTreeFunction) =>
  (other: { readonly file: string; readonly line: number }): boolean =>
    other.line === line && other.file === file;

/** Of all stages; several functions that begin on one line are told apart by their names. */
function countedAs(
  func: CallTreeFunction,
  there: readonly FunctionCount[],
  functions: readonly CallTreeFunction[],
): readonly FunctionCount[] {
  const called = there.filter(({ name }) => name === func.name);
  const isAlone = functions.filter(beginsAt(func)).length === 1;
  const haveOneName = new Set(there.map(({ name }) => name)).size === 1;
  return called.length === 0 && isAlone && haveOneName ? there : called;
}

/** @param stage by its name: one that runs once does so in the excerpt, too @param counted in the excerpt */
export function inMeasuredAudio(run: Run, stage: string, counted: number): CallCount {
  if (run.stages.some(({ name, scope }) => name === stage && scope === "file"))
    return { calls: counted, isEstimate: false };
  const excerpt = framesToSeconds(run.counts?.frames ?? 0, run.audio.sampleRate);
  const measured = measuredSeconds(run, "timed");
  const isEstimate = excerpt > 0 && excerpt < measured;
  return { calls: isEstimate ? (counted * measured) / excerpt : counted, isEstimate };
}
