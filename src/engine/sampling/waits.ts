import type { Profiler } from "node:inspector";
import type { StageWaits } from "../worker/lane/laneProtocol.ts";
import type { SpanTimeline } from "./spanTimeline.ts";
import { timedSamples } from "./timedSamples.ts";

/**
 * How long the thread had nothing to do within each awaited call, told by the samples in it that found it idle. libuv's
 * own count can't tell: it begins anew at each of the sampler's signals. A sample stands for the time that is nearer to
 * it than to its neighbours.
 *
 * @param offsetUs what the worker's clock lacks to V8's, in µs
 */
export function waitsOf(profile: Profiler.Profile, spans: SpanTimeline, offsetUs: number): StageWaits[] {
  const idle = new Set(
    profile.nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id),
  );
  const samples = timedSamples(profile, offsetUs);
  const waits = new Map<number, { starts: number[]; waits: number[] }>();
  let first = 0;
  for (const { stage, start, end, awaited } of spans) {
    if (!awaited) continue;
    while ((samples[first + 1]?.time ?? Infinity) <= start) first += 1;
    let waited = 0;
    for (let at = first; at < samples.length; at++) {
      const { node, time } = samples[at] ?? { node: -1, time: Infinity };
      const from = (time + (samples[at - 1]?.time ?? time)) / 2;
      if (from >= end) break;
      const to = (time + (samples[at + 1]?.time ?? time)) / 2;
      if (idle.has(node)) waited += Math.max(0, Math.min(to, end) - Math.max(from, start));
    }
    const ofStage = waits.get(stage) ?? { starts: [], waits: [] };
    ofStage.starts.push(start);
    ofStage.waits.push(waited);
    waits.set(stage, ofStage);
  }
  return [...waits].map(([stage, found]) => ({
    stage,
    starts: Float64Array.from(found.starts),
    waits: Float64Array.from(found.waits),
  }));
}
