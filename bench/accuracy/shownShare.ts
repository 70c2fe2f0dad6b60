import { basename } from "node:path/posix";
import type { Run } from "../../src/core/run/run.ts";
import type { Share } from "../../src/core/units.ts";
import type { MeasuredSource } from "../../src/protocol/engine.ts";
import type { Target } from "./shape.ts";

export interface ShownShare {
  readonly share: Share;
  /** As shown, 95 %; of several lines together the root of the sum of squares. */
  readonly error: Share;
}

/** What a run shows for the lines of a target, in its stage. */
export function shownShare(run: Run, sources: readonly MeasuredSource[], target: Target): ShownShare {
  const places = new Set(sources.flatMap((source) => markedPlaces(source, target.marks)));
  const lines = run.lines.filter(
    ({ file, line, stage }) => stage === target.stage && places.has(`${basename(file)}:${line}`),
  );
  return {
    share: lines.reduce((sum, { share }) => sum + share, 0),
    error: Math.hypot(...lines.map(({ error }) => error)),
  };
}

function markedPlaces({ file, text }: MeasuredSource, marks: readonly string[]): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      marks.some((mark) => line.endsWith(`// ${mark}`)) ? [`${basename(file)}:${index + 1}`] : [],
    );
}
