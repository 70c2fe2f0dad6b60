import type { Milliseconds } from "../../../core/units.ts";
import type { TalliedJob } from "./talliedJob.ts";

/** What the profiler does for a call and for a sample (looking for what is no number, keeping the output), at most. */
const PER_CALL_MS: Milliseconds = 0.005;
const PER_SAMPLE_MS: Milliseconds = 4e-6;

/** Time of a job in its worker that is neither its stages' nor the profiler's. */
export function unaccountedIn({ result, samples }: TalliedJob): Milliseconds {
  const { clock, spans, collections, lookedMs } = result;
  let ours = lookedMs.memory + lookedMs.blocks + lookedMs.collections + samples * PER_SAMPLE_MS;
  for (const { ms } of collections) ours += ms;
  for (const { starts, ends, createMs } of spans) {
    ours += createMs + starts.length * PER_CALL_MS;
    for (let call = 0; call < starts.length; call++) ours += (ends[call] ?? 0) - (starts[call] ?? 0);
  }
  return Math.max(0, clock.ended - clock.began - ours);
}
