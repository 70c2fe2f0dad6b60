import { constants, PerformanceObserver, type PerformanceEntry } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import type { CollectionKind } from "../../../../core/run/measured/collections.ts";
import type { Milliseconds } from "../../../../core/units.ts";
import { now } from "../clock.ts";

export interface LaneCollection {
  readonly kind: CollectionKind;
  /** On the worker's clock. */
  readonly start: Milliseconds;
  readonly ms: Milliseconds;
}

/** As Node's documentation has it; its types leave the detail out. */
type CollectionEntry = PerformanceEntry & { readonly detail: { readonly kind: number } };

const KINDS: ReadonlyMap<number, CollectionKind> = new Map([
  [constants.NODE_PERFORMANCE_GC_MINOR, "minor"],
  [constants.NODE_PERFORMANCE_GC_MAJOR, "major"],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, "incremental"],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, "weak callbacks"],
]);

/** Every collection of this thread. */
export class CollectionLog {
  readonly #observer: PerformanceObserver;
  #found: LaneCollection[] = [];
  #cost: Milliseconds = 0;

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      this.#add(list.getEntries() as CollectionEntry[]);
    });
    this.#observer.observe({ entryTypes: ["gc"] });
  }

  /** Those since the last time. Node tells of a collection two turns of the event loop after it. */
  async take(): Promise<readonly LaneCollection[]> {
    await turn();
    await turn();
    this.#add(this.#observer.takeRecords() as CollectionEntry[]);
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** What this thread had to do for it since the last time. */
  takeCost(): Milliseconds {
    const cost = this.#cost;
    this.#cost = 0;
    return cost;
  }

  #add(entries: readonly CollectionEntry[]): void {
    const began = now();
    for (const { startTime, duration, detail } of entries) {
      const kind = KINDS.get(detail.kind);
      if (kind) this.#found.push({ kind, start: startTime, ms: duration });
    }
    this.#cost += now() - began;
  }
}
