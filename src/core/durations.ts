import type { Milliseconds } from "./units.ts";

const PER_OCTAVE = 1024;
/** Below a nanosecond no clock tells anything. */
const LEAST: Milliseconds = 1e-6;
/** From a nanosecond to a day and a half. */
const OCTAVES = 47;

/**
 * Times that are counted, not kept, so that an hour takes no more memory than a second. Number, sum, least and most are
 * exact; any other is known to 0.04 % (half of 1/1024 of an octave).
 */
export class Durations {
  readonly #counts = new Uint32Array(OCTAVES * PER_OCTAVE);
  count = 0;
  sum: Milliseconds = 0;
  least: Milliseconds = Infinity;
  most: Milliseconds = 0;

  static of(times: Iterable<Milliseconds>): Durations {
    const durations = new Durations();
    for (const time of times) durations.add(time);
    return durations;
  }

  /** @param times how often */
  add(time: Milliseconds, times = 1): void {
    const place = Math.floor(Math.log2(Math.max(LEAST, time) / LEAST) * PER_OCTAVE);
    const at = Math.min(this.#counts.length - 1, place);
    this.#counts[at] = (this.#counts[at] ?? 0) + times;
    this.count += times;
    this.sum += time * times;
    this.least = Math.min(this.least, time);
    this.most = Math.max(this.most, time);
  }

  /** The same times and some more. */
  with(times: Iterable<Milliseconds>): Durations {
    const more = new Durations();
    more.#counts.set(this.#counts);
    more.count = this.count;
    more.sum = this.sum;
    more.least = this.least;
    more.most = this.most;
    for (const time of times) more.add(time);
    return more;
  }

  /** Shortest first, each with how many there are. */
  *counted(): Generator<readonly [time: Milliseconds, count: number]> {
    for (let at = 0; at < this.#counts.length; at++) {
      const count = this.#counts[at] ?? 0;
      if (count > 0) yield [this.#timeAt(at), count];
    }
  }

  #timeAt(place: number): Milliseconds {
    const middle = LEAST * 2 ** ((place + 0.5) / PER_OCTAVE);
    return Math.min(this.most, Math.max(this.least, middle));
  }

  /** How many are longer than so. */
  longerThan(limit: Milliseconds): number {
    let longer = 0;
    for (const [time, count] of this.counted()) if (time > limit) longer += count;
    return longer;
  }

  /** The nearest-rank percentile; 0 of none. @param p 0–1 */
  percentile(p: number): Milliseconds {
    const rank = Math.max(1, Math.ceil(p * this.count));
    if (rank >= this.count) return this.most;
    let passed = 0;
    // Asked for after each job: nothing is allocated.
    for (let at = 0; at < this.#counts.length; at++) {
      passed += this.#counts[at] ?? 0;
      if (passed >= rank) return this.#timeAt(at);
    }
    return this.most;
  }
}
