import type { MeasurementOverhead } from "../../core/run/measured/measurements.ts";
import type { Milliseconds } from "../../core/units.ts";
import type { LaneIo } from "../worker/io/laneIo.ts";
import type { OutcomeParts } from "./outcome.ts";

/** What each measurement cost in the pass that the durations are of: counted where that is surer than timing it. */
export function overheadOf(parts: OutcomeParts): MeasurementOverhead[] {
  const { timed, io } = parts.measured;
  const { measure } = parts.request;
  const { nsPerSpan, nsPerFileCall } = parts.pipeline;
  const row = (
    of: MeasurementOverhead["of"],
    ms: Milliseconds,
    how: string,
    nsEach: number | null = null,
  ): MeasurementOverhead => ({ of, ms, share: timed.workMs > 0 ? ms / timed.workMs : 0, how, nsEach });
  const counted = (of: MeasurementOverhead["of"], times: number, nsEach: number, how: string) =>
    row(of, (times * nsEach) / 1e6, how, nsEach);

  const all = [counted("spans", timed.spans, nsPerSpan, "calls times what timing one costs")];
  if (measure.memory) all.push(row("memory", timed.memoryLooksMs, "timed, between calls"));
  if (measure.collections) all.push(row("collections", timed.collectionLooksMs, "timed, between jobs"));
  if (measure.causes) all.push(row("disturbance", timed.blockLooksMs, "timed, between blocks"));
  if (io && nsPerFileCall !== null)
    all.push(counted("io", fileCallsIn(io), nsPerFileCall, "file calls times what counting one costs"));
  all.push(seriesRow(parts, counted));
  return all;
}

/** By stages: what is read while the pipeline is loaded is in no duration. */
const fileCallsIn = (io: readonly LaneIo[]): number =>
  io.flatMap(({ files }) => files).reduce((sum, { stage, calls }) => (stage < 0 ? sum : sum + calls), 0);

/** In the engine's own thread: it takes of the machine, not of the stages. */
function seriesRow(
  { monitorCost: { looks, ms, everyMs }, measured: { timed } }: OutcomeParts,
  counted: (of: "series", times: number, nsEach: number, how: string) => MeasurementOverhead,
): MeasurementOverhead {
  const nsEach = looks > 0 ? (ms * 1e6) / looks : 0;
  return counted("series", timed.wallMs / everyMs, nsEach, "looks times what one took, beside the stages");
}
