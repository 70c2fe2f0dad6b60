import { measuredSeconds, wasMeasuredAlone } from "./measuredAudio.ts";
import type { Run } from "./run.ts";
import type { Load } from "../units.ts";

/**
 * How much of real time one thread needs for all stages: busy time, as the stages' own loads, which add up to it. A run's
 * `totals.load` is elapsed time instead: with several workers less, and with reading and handing over the audio more.
 */
export function threadLoad(run: Run): Load {
  const { deadline, stagesMs } = run.totals;
  // Workers that shared the machine slowed each other down: one alone says what the code needs.
  if (deadline && wasMeasuredAlone(run)) {
    const once = run.stages.filter(({ scope }) => scope === "file");
    return once.reduce((sum, { load }) => sum + load, deadline.averageLoad);
  }
  return stagesMs / 1000 / measuredSeconds(run, "timed");
}
