import type { Emission, Json } from "../../core/run/run.ts";
import type { LaneEmission, LoadedPipeline } from "../worker/lane/laneProtocol.ts";

/** Emitted values as a run holds them: arrays of numbers for typed arrays, null for what JSON can't say. */
export function emissionsInRun(emissions: readonly LaneEmission[], { stages }: LoadedPipeline): Emission[] {
  return emissions.map(({ stage, name, time, value }) => ({
    stage: stages[stage]?.name ?? "",
    name,
    time,
    value: value instanceof Float32Array ? Array.from(value, orNull) : (value satisfies Json),
  }));
}

const orNull = (sample: number): number | null => (Number.isFinite(sample) ? sample : null);
