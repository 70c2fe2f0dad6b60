import { getHeapStatistics } from "node:v8";
import { tallyOf, type Tally } from "./tally.ts";

export interface MeasureOptions {
  /** Whether the change of memory is measured, too, which takes about a microsecond: false where it isn't given. */
  memory?: boolean;
}

/** A measurement under way. */
export interface MeasureScope {
  /** Ends it. Only the first call counts. */
  end(): void;
  /** The same; called by `using` at the end of the scope. */
  [Symbol.dispose](): void;
}

/**
 * Measures from here to the end of the scope, an error included: `using scope = measureScope("window");`. Where the
 * runtime has no `using` (before Node 24), call `end`.
 *
 * It takes two looks at the clock, about a tenth of a microsecond; V8's `using` adds as much again. Read with `measurements` or `formatMeasurements`.
 */
export function measureScope(name: string, { memory = false }: MeasureOptions = {}): MeasureScope {
  return new Measuring(tallyOf(name), memory);
}

export class Measuring implements MeasureScope {
  readonly #tally: Tally;
  readonly #startBytes: number | undefined;
  #startMs: number | undefined;

  constructor(tally: Tally, memory: boolean) {
    this.#tally = tally;
    this.#startBytes = memory ? usedBytes() : undefined;
    this.#startMs = performance.now();
  }

  end(): void {
    if (this.#startMs === undefined) return;
    this.#tally.addCall(performance.now() - this.#startMs);
    if (this.#startBytes !== undefined) this.#tally.addMemory(usedBytes() - this.#startBytes);
    this.#startMs = undefined;
  }

  [Symbol.dispose](): void {
    this.end();
  }
}

/** The heap, and the contents of typed arrays, which lie outside. */
function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
