import type { Progress } from "../../protocol/engine.ts";
import { partDone } from "./progressText.ts";

export type OnProgress = (progress: Progress) => void;

/** Of the bar: the run as written is done here; how many variants follow isn't known before. */
const WRITTEN_UNTIL = 0.2;
/** All variants are profiled. */
const PROFILED_UNTIL = 0.6;

/**
 * Says which variant is being profiled.
 *
 * @param variant null: as written @param index 0 for that one
 * @param of how many there are; null while unknown
 */
export function profilingProgress(
  variant: string | null,
  index: number,
  of: number | null,
  tell: OnProgress,
): OnProgress {
  const step = { variant, blockFrames: null, number: index + 1, of };
  const each = of === null || of < 2 ? 0 : (PROFILED_UNTIL - WRITTEN_UNTIL) / (of - 1);
  const [from, length] = index === 0 ? [0, WRITTEN_UNTIL] : [WRITTEN_UNTIL + (index - 1) * each, each];
  const furthest = rising();
  return (progress) => {
    tell({ ...progress, step, part: from + length * furthest(partDone(progress)) });
  };
}

/** The engine says which variant it renders in blocks of which size; before, it only gets ready. */
export function comparingProgress(tell: OnProgress): OnProgress {
  const furthest = rising();
  return (progress) => {
    const done = furthest(progress.phase === "listening" ? partDone(progress) : 0);
    tell({ ...progress, part: PROFILED_UNTIL + (1 - PROFILED_UNTIL) * done });
  };
}

/** A recording is heard again and again, but a bar never goes back. */
function rising(): (part: number) => number {
  let reached = 0;
  return (part) => (reached = Math.max(reached, part));
}
