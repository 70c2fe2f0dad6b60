import type { Profiler } from "node:inspector";
import type { Milliseconds } from "../../core/units.ts";

export interface TimedSample {
  /** Its id in the profile. */
  readonly node: number;
  /** On the worker's clock. */
  readonly time: Milliseconds;
}

/** @param offsetUs what the worker's clock lacks to V8's, in µs */
export function timedSamples(profile: Profiler.Profile, offsetUs: number): TimedSample[] {
  const { samples = [], timeDeltas = [] } = profile;
  // Deltas may be negative: V8 delivers samples of several threads as they come.
  let time = profile.startTime;
  const timed = samples.map((node, index) => {
    time += timeDeltas[index] ?? 0;
    return { node, time: (time - offsetUs) / 1000 };
  });
  return timed.sort((a, b) => a.time - b.time);
}
