import { basename } from "node:path/posix";
import type { Run } from "../../src/core/run/run.ts";
import type { Share } from "../../src/core/units.ts";
import type { MeasuredSource } from "../../src/protocol/engine.ts";
import type { Target } from "./shape.ts";

export interface ShownShare {
  readonly share: Share;
  /** As shown, 95 %; of several lines together the root of the sum of squares. Null for functions: none is shown. */
  readonly error: Share | null;
}

/** What a run shows for the lines or functions of a target, in its stage. */
export function shownShare(run: Run, sources: readonly MeasuredSource[], target: Target): ShownShare {
  return target.functions
    ? { share: shareOfFunctions(run, target, target.functions), error: null }
    : shareOfLines(run, sources, target);
}

function shareOfLines(run: Run, sources: readonly MeasuredSource[], target: Target): ShownShare {
  const places = new Set(sources.flatMap((source) => markedPlaces(source, target.marks)));
  const lines = run.lines.filter(
    ({ file, line, stage }) => stage === target.stage && places.has(`${basename(file)}:${line}`),
  );
  return {
    share: lines.reduce((sum, { share }) => sum + share, 0),
    error: Math.hypot(...lines.map(({ error }) => error)),
  };
}

function shareOfFunctions({ callTree, stages }: Run, { stage }: Target, names: readonly string[]): Share {
  let allMs = 0;
  let ofThemMs = 0;
  callTree.selfMs.forEach((ms, node) => {
    allMs += ms;
    const { name = "" } = callTree.functions[callTree.function[node] ?? -1] ?? {};
    const isOne = names.some((end) => name.endsWith(end));
    if (isOne && stages[callTree.stage[node] ?? -1]?.name === stage) ofThemMs += ms;
  });
  return ofThemMs / (allMs || 1);
}

function markedPlaces({ file, text }: MeasuredSource, marks: readonly string[]): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      marks.some((mark) => line.endsWith(`// ${mark}`)) ? [`${basename(file)}:${index + 1}`] : [],
    );
}
