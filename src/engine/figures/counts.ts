import type { Outlines } from "../../core/callTree/frames.ts";
import type { TickNode } from "../../core/callTree/ticksTree.ts";
import type {
  CaughtCount,
  Counts,
  FunctionCount,
  LineCount,
  LoopCount,
} from "../../core/run/measured/counts.ts";
import type { LineFigures, Scope } from "../../core/run/run.ts";
import type { Frames } from "../../core/units.ts";
import type { CountPoint } from "../modules/counting/countPoints.ts";
import type { CountedExcerpt } from "../run/countedPass.ts";
import type { StageWork } from "./lineFigures.ts";
import { LoopTimes } from "./loopTimes.ts";

/** What the counts are put beside. */
export interface CountsSetting {
  readonly roots: readonly TickNode[];
  readonly outlines: Outlines;
  readonly stages: readonly (StageWork & { readonly scope: Scope })[];
  /** Those that took time: others are only kept within loops. */
  readonly lines: readonly LineFigures[];
  /** That the stages' time is of. */
  readonly measuredFrames: Frames;
  readonly pathInRun: (path: string) => string;
}

/** A saved run stays small. */
const MOST = 5000;

interface Place {
  readonly file: string;
  readonly stage: string;
}

/** Counts by stage, as a run keeps them. */
export function countsOf(excerpt: CountedExcerpt, setting: CountsSetting): Counts {
  const { stages, pathInRun } = setting;
  const loopTimes = new LoopTimes(excerpt, setting);
  const hits: LineCount[] = [];
  const loops: LoopCount[] = [];
  const functions: FunctionCount[] = [];
  const caught: CaughtCount[] = [];
  for (const { stage, times: counts } of excerpt.stages) {
    excerpt.points.forEach((point, index) => {
      const count = counts[index] ?? 0;
      if (count === 0) return;
      const place: Place = { file: pathInRun(point.path), stage: stages[stage]?.name ?? "" };
      switch (point.kind) {
        case "function":
          functions.push({ ...place, ...functionOf(point, setting), calls: count });
          break;
        case "statement":
          hits.push({ ...place, line: point.place.line, hits: count });
          break;
        case "loop":
        case "body":
          break;
        case "catch":
          caught.push({ ...place, line: point.place.line, times: count });
          break;
      }
    });
    loops.push(...loopsOf(stage, counts, excerpt.points, setting, loopTimes));
  }
  return {
    startSeconds: excerpt.startSeconds,
    frames: excerpt.frames,
    lines: mostOf(keptLines(hits, loops, setting), ({ hits: count }) => count),
    loops: mostOf(loops, ({ iterations }) => iterations),
    functions: mostOf(functions, ({ calls }) => calls),
    caught,
  };
}

function functionOf(
  point: CountPoint & { readonly kind: "function" },
  { outlines, pathInRun }: CountsSetting,
): Pick<FunctionCount, "name" | "line"> {
  const outlined = outlines.get(pathInRun(point.path))?.functions[point.function];
  return { name: outlined?.name ?? "", line: outlined?.line ?? 1 };
}

function loopsOf(
  stage: number,
  counts: Float64Array,
  points: readonly CountPoint[],
  { stages, pathInRun }: CountsSetting,
  loopTimes: LoopTimes,
): LoopCount[] {
  return points.flatMap((point, index) => {
    const entries = counts[index] ?? 0;
    // The body's point comes next. A loop that goes on after an await has iterations and no entry.
    const iterations = counts[index + 1] ?? 0;
    if (point.kind !== "loop" || entries + iterations === 0) return [];
    const { line, endLine } = point.place;
    const place: Place = { file: pathInRun(point.path), stage: stages[stage]?.name ?? "" };
    const nsPerIteration = loopTimes.nsPerIteration(point.place, stage, iterations);
    return [{ ...place, line, endLine, entries, iterations, nsPerIteration }];
  });
}

/** Lines that take time, and those within loops: of others there is nothing to explain. */
function keptLines(
  hits: readonly LineCount[],
  loops: readonly LoopCount[],
  { lines }: CountsSetting,
): LineCount[] {
  const keyOf = ({ file, stage, line }: Place & { readonly line: number }): string =>
    JSON.stringify([file, stage, line]);
  const kept = new Set(lines.map(keyOf));
  for (const { file, stage, line, endLine } of loops)
    for (let at = line; at <= endLine; at++) kept.add(keyOf({ file, stage, line: at }));
  return hits.filter((hit) => kept.has(keyOf(hit)));
}

/** The largest, in the order in which they were found. */
function mostOf<T>(entries: readonly T[], sizeOf: (entry: T) => number): T[] {
  if (entries.length <= MOST) return [...entries];
  const largest = new Set([...entries].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, MOST));
  return entries.filter((entry) => largest.has(entry));
}
