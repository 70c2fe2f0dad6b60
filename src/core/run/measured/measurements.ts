import type { Microseconds, Milliseconds, Share } from "../../units.ts";
import { fields, list, number, oneOf, orNull, text, yesOrNo, type Check } from "../check.ts";

/** Disturbance: what slows blocks · series: processor, memory and disk over time. */
const MEASURED = ["spans", "memory", "collections", "io", "disturbance", "series"] as const;

/** What was measured, by which clock, and what each measurement cost. */
export interface Measurements {
  /** cpu: a stage's work, without its waiting for promises · wall: from each call to its end. */
  readonly clock: "cpu" | "wall";
  readonly sampling: boolean;
  readonly samplingIntervalUs: Microseconds;
  readonly memory: boolean;
  readonly collections: boolean;
  readonly io: boolean;
  readonly counts: boolean;
  readonly causes: boolean;
  readonly overhead: readonly MeasurementOverhead[];
}

export interface MeasurementOverhead {
  readonly of: (typeof MEASURED)[number];
  /** In the pass that the durations are of. */
  readonly ms: Milliseconds;
  /** Of the stages' time. */
  readonly share: Share;
  /** counted: how often, times what one costs · null of both where it is off. */
  readonly how: string;
  readonly nsEach: number | null;
}

export const measurementsShape: Check<Measurements> = fields<Measurements>({
  clock: oneOf("cpu", "wall"),
  sampling: yesOrNo,
  samplingIntervalUs: number,
  memory: yesOrNo,
  collections: yesOrNo,
  io: yesOrNo,
  counts: yesOrNo,
  causes: yesOrNo,
  overhead: list(
    fields<MeasurementOverhead>({
      of: oneOf(...MEASURED),
      ms: number,
      share: number,
      how: text,
      nsEach: orNull(number),
    }),
  ),
});
