import { listAt, numberAt, numberOr, weightAt, type Fields } from "../fields.ts";
import { ProfileProblem } from "../problem.ts";
import type { OrderedNodes } from "./nodes.ts";

/** What each node was sampled, in columns. */
export interface NodeWeights {
  /** Microseconds where `isTime`, else samples. */
  readonly weight: Float64Array;
  readonly ticks: Float64Array;
  readonly isTime: boolean;
  /** From the first sample to the end. */
  readonly elapsed: number;
  /** Samples that name no node. */
  readonly unknown: number;
}

/** From the samples and their times, else from the nodes' own counts. */
export function weightsOf(profile: Fields, ordered: OrderedNodes): NodeWeights {
  const { samples, timeDeltas, timestamps } = profile;
  const listed = samples === undefined || samples === null ? [] : listAt(samples, `"samples"`);
  if (listed.length > 0 && Array.isArray(timeDeltas) && timeDeltas.length > 0)
    return ofSamples(listed, sampleTimes(profile, timeDeltas, listed.length), endOf(profile, 1), ordered);
  if (listed.length > 0 && Array.isArray(timestamps) && timestamps.length >= listed.length) {
    const times = Float64Array.from(listed, (_, index) =>
      numberAt(timestamps[index], `timestamps[${index}]`),
    );
    // This old form has the end in seconds.
    return ofSamples(listed, times, endOf(profile, 1e6), ordered);
  }
  return listed.length > 0 ? counted(listed, ordered) : ofHits(profile, ordered);
}

const endOf = ({ endTime }: Fields, perUnit: number): number => numberOr(endTime, NaN) * perUnit;

function sampleTimes({ startTime }: Fields, deltas: readonly unknown[], samples: number): Float64Array {
  if (Math.abs(deltas.length - samples) > 1)
    throw new ProfileProblem(`"timeDeltas" has ${deltas.length} entries for ${samples} samples`);
  const times = new Float64Array(samples);
  let time = numberOr(startTime, 0);
  for (let index = 0; index < samples; index++) {
    time += deltas[index] === undefined ? 0 : numberAt(deltas[index], `timeDeltas[${index}]`);
    times[index] = time;
  }
  return times;
}

/** A sample lasts until the next one; V8 may deliver them out of order. */
function ofSamples(
  samples: readonly unknown[],
  times: Float64Array,
  end: number,
  { nodes, placeOf }: OrderedNodes,
): NodeWeights {
  const weight = new Float64Array(nodes.length);
  const ticks = new Float64Array(nodes.length);
  const order = inTime(times);
  const first = times[order?.[0] ?? 0] ?? 0;
  const last = times[order?.[samples.length - 1] ?? samples.length - 1] ?? 0;
  const usual = samples.length > 1 ? (last - first) / (samples.length - 1) : 0;
  let unknown = 0;
  let elapsed = 0;
  for (let step = 0; step < samples.length; step++) {
    const index = order?.[step] ?? step;
    const next = step + 1 < samples.length ? (times[order?.[step + 1] ?? step + 1] ?? 0) : NaN;
    const begin = times[index] ?? 0;
    const lasted = Number.isNaN(next) ? (end >= begin ? end - begin : usual) : next - begin;
    elapsed += lasted;
    const place = placeOf.get(samples[index] as number);
    if (place === undefined) {
      unknown += 1;
      continue;
    }
    weight[place] = (weight[place] ?? 0) + lasted;
    ticks[place] = (ticks[place] ?? 0) + 1;
  }
  return { weight, ticks, isTime: true, elapsed, unknown };
}

/** Null where they are in order already. */
function inTime(times: Float64Array): Uint32Array | null {
  let sorted = true;
  for (let index = 1; sorted && index < times.length; index++)
    sorted = (times[index] ?? 0) >= (times[index - 1] ?? 0);
  if (sorted) return null;
  return Uint32Array.from(times, (_, index) => index).sort(
    (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b,
  );
}

/** Samples without times. */
function counted(samples: readonly unknown[], { nodes, placeOf }: OrderedNodes): NodeWeights {
  const ticks = new Float64Array(nodes.length);
  let unknown = 0;
  for (const sample of samples) {
    const place = placeOf.get(sample as number);
    if (place === undefined) unknown += 1;
    else ticks[place] = (ticks[place] ?? 0) + 1;
  }
  return { weight: ticks, ticks, isTime: false, elapsed: samples.length, unknown };
}

/** The whole time in parts of the nodes' hits, as old Chrome and tools that merge profiles leave it. */
function ofHits(profile: Fields, { nodes }: OrderedNodes): NodeWeights {
  const ticks = Float64Array.from(nodes, ({ id, hitCount }) =>
    hitCount === undefined || hitCount === null ? 0 : weightAt(hitCount, `hitCount of node ${String(id)}`),
  );
  const all = ticks.reduce((sum, hits) => sum + hits, 0);
  const whole = numberOr(profile["endTime"], 0) - numberOr(profile["startTime"], 0);
  if (whole <= 0 || all <= 0) return { weight: ticks, ticks, isTime: false, elapsed: all, unknown: 0 };
  // Times of the old form are seconds.
  const elapsed = profile["nodes"] === undefined ? whole * 1e6 : whole;
  return { weight: ticks.map((hits) => (hits / all) * elapsed), ticks, isTime: true, elapsed, unknown: 0 };
}
