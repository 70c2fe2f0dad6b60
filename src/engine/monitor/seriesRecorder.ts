import { MOST_POINTS, type TimeSeries } from "../../core/run/measured/series.ts";
import type { OrUnknown } from "../../core/run/orUnknown.ts";
import type { Bytes, Milliseconds } from "../../core/units.ts";
import type { Usage } from "./usage.ts";

interface TimedUsage {
  readonly atMs: Milliseconds;
  readonly usage: Usage;
}

/** One interval, at its end. */
interface Point {
  readonly atMs: Milliseconds;
  readonly lastedMs: Milliseconds;
  readonly cpuMs: Milliseconds;
  readonly memory: Bytes;
  readonly read: OrUnknown<Bytes>;
  readonly written: OrUnknown<Bytes>;
}

const MB = 2 ** 20;

/** Makes a series of looks that come at about equal distances; at most so many points, so a long run has coarser ones. */
export class SeriesRecorder {
  readonly #most: number;
  #everyMs: Milliseconds;
  #points: Point[] = [];
  /** Looks in a point, and in the one that is under way. */
  #perPoint = 1;
  #open: Point | null = null;
  #inOpen = 0;
  #last: TimedUsage;

  /** @param first what was taken before the series begins, and when */
  constructor(everyMs: Milliseconds, first: TimedUsage, most = MOST_POINTS) {
    this.#everyMs = everyMs;
    this.#last = first;
    this.#most = most;
  }

  /** @param atMs on the clock of `first` */
  add(atMs: Milliseconds, usage: Usage): void {
    const { atMs: before, usage: last } = this.#last;
    if (atMs <= before) return;
    const point: Point = {
      atMs,
      lastedMs: atMs - before,
      cpuMs: Math.max(0, usage.cpuMs - last.cpuMs),
      memory: usage.resident + usage.children,
      read: difference(usage.readBytes, last.readBytes),
      written: difference(usage.writtenBytes, last.writtenBytes),
    };
    this.#last = { atMs, usage };
    this.#open = this.#open ? joined(this.#open, point) : point;
    this.#inOpen += 1;
    if (this.#inOpen < this.#perPoint) return;
    this.#points.push(this.#open);
    this.#open = null;
    this.#inOpen = 0;
    if (this.#points.length > this.#most) this.#halve();
  }

  get series(): TimeSeries {
    // One more may be under way; the last two then share a point.
    const points =
      this.#open === null
        ? this.#points
        : this.#points.length < this.#most
          ? [...this.#points, this.#open]
          : [...this.#points.slice(0, -1), ...this.#points.slice(-1).map((last) => joined(last, this.#open))];
    const inMB = (name: "read" | "written"): OrUnknown<number[]> => {
      const bytes = points.map((point) => point[name]);
      return bytes.every((one) => one !== "unknown") ? bytes.map((one) => one / MB) : "unknown";
    };
    return {
      everyMs: this.#everyMs,
      atMs: points.map(({ atMs }) => atMs),
      cpu: points.map(({ cpuMs, lastedMs }) => cpuMs / lastedMs),
      memoryMB: points.map(({ memory }) => memory / MB),
      readMB: inMB("read"),
      writtenMB: inMB("written"),
    };
  }

  /** Two and two become one. What is left over begins the next. */
  #halve(): void {
    const points: Point[] = [];
    for (let at = 0; at + 1 < this.#points.length; at += 2) {
      const [first, second] = [this.#points[at], this.#points[at + 1]];
      if (first && second) points.push(joined(first, second));
    }
    const left = this.#points.length % 2 === 1 ? this.#points.at(-1) : undefined;
    this.#points = points;
    this.#open = left ?? null;
    this.#inOpen = left ? this.#perPoint : 0;
    this.#perPoint *= 2;
    this.#everyMs *= 2;
  }
}

/** Of two that follow one another: what was taken is summed, memory is the most. */
function joined(first: Point, second: Point | null): Point {
  if (!second) return first;
  return {
    atMs: second.atMs,
    lastedMs: first.lastedMs + second.lastedMs,
    cpuMs: first.cpuMs + second.cpuMs,
    memory: Math.max(first.memory, second.memory),
    read: sum(first.read, second.read),
    written: sum(first.written, second.written),
  };
}

const sum = (a: OrUnknown<Bytes>, b: OrUnknown<Bytes>): OrUnknown<Bytes> =>
  a === "unknown" || b === "unknown" ? "unknown" : a + b;

const difference = (now: OrUnknown<Bytes>, before: OrUnknown<Bytes>): OrUnknown<Bytes> =>
  now === "unknown" || before === "unknown" ? "unknown" : Math.max(0, now - before);
