import type { TimeSeries } from "../../core/run/measured/series.ts";
import type { Milliseconds } from "../../core/units.ts";
import { SeriesRecorder } from "./seriesRecorder.ts";
import type { Usage, UsageReader } from "./usage.ts";

export interface MonitorOptions {
  readonly usage: UsageReader;
  /** When the run began, from which the series counts. */
  readonly beganAt: Milliseconds;
  /** Between two points of the series; null: there is none. */
  readonly seriesEveryMs: Milliseconds | null;
  /** Whoever else wants to know, at every look. */
  onLook(this: void, usage: Usage): void;
}

export interface MonitorCost {
  readonly looks: number;
  readonly ms: Milliseconds;
  /** Between two looks. */
  readonly everyMs: Milliseconds;
}

/** Memory is looked at no more seldom than this, however coarse the series is. */
const LOOK_EVERY_MS: Milliseconds = 100;

/** Looks at the run's processes again and again: one timer and one look for all that want to know. */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #series: SeriesRecorder | null;
  readonly #looksPerPoint: number;
  readonly #everyMs: Milliseconds;
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #looks = 0;
  #ms: Milliseconds = 0;

  constructor(options: MonitorOptions) {
    const { seriesEveryMs, usage, beganAt } = options;
    this.#options = options;
    this.#looksPerPoint = Math.ceil((seriesEveryMs ?? LOOK_EVERY_MS) / LOOK_EVERY_MS);
    this.#everyMs = (seriesEveryMs ?? LOOK_EVERY_MS) / this.#looksPerPoint;
    const first = { atMs: performance.now() - beganAt, usage: usage.look() };
    this.#series = seriesEveryMs === null ? null : new SeriesRecorder(seriesEveryMs, first);
  }

  start(): void {
    this.look();
    this.#timer = setInterval(() => {
      this.#ticks += 1;
      this.look(this.#ticks % this.#looksPerPoint === 0);
    }, this.#everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#options.usage.stop();
  }

  /** @param isPoint of the series */
  look(isPoint = false): Usage {
    const start = performance.now();
    const usage = this.#options.usage.look();
    if (isPoint) this.#series?.add(start - this.#options.beganAt, usage);
    this.#options.onLook(usage);
    this.#looks += 1;
    this.#ms += performance.now() - start;
    return usage;
  }

  /** Until now; null where there is none. */
  get series(): TimeSeries | null {
    if (!this.#series) return null;
    this.look(true);
    return this.#series.series;
  }

  /** What looking itself took. */
  get cost(): MonitorCost {
    return { looks: this.#looks, ms: this.#ms, everyMs: this.#everyMs };
  }
}
