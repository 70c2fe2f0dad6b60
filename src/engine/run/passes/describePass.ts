import type { Pass } from "../../../core/run/run.ts";
import type { Milliseconds } from "../../../core/units.ts";
import type { PassRecord } from "../../figures/pass/passRecord.ts";

/** As passes tell of it; when it started is on the engine's clock. */
export type MeasuredPass = Omit<Pass, "overhead" | "startedMs"> & { readonly began: Milliseconds | null };

/** A pass as the run tells of it; what it doesn't say is of one worker that ran it once, without looking. */
export const describePass = (
  pass: Pick<MeasuredPass, "kind" | "began" | "wallMs" | "frames"> & Partial<MeasuredPass>,
): MeasuredPass => ({
  workers: 1,
  repeats: 1,
  sampled: false,
  samplingIntervalUs: null,
  ticks: 0,
  spans: 0,
  ...pass,
});

/** One that went through the recording block by block. */
export const describeRecord = (
  kind: Pass["kind"],
  record: PassRecord,
  more: Partial<Pick<Pass, "workers" | "repeats" | "sampled">> = {},
): MeasuredPass =>
  describePass({
    kind,
    began: record.began,
    wallMs: record.wallMs,
    frames: record.frames,
    samplingIntervalUs: record.sampled?.intervalUs ?? null,
    ticks: record.sampled?.ticks ?? 0,
    spans: record.spans,
    ...more,
  });
