import { TickTreeBuilder } from "../../sampling/tickTreeBuilder.ts";
import type { Sampled } from "../../worker/lane/laneProtocol.ts";

/** Ticks that come part by part and lane by lane, as one: it grows with the functions that are called, not with the time. */
export class SampledTally {
  readonly #tree = new TickTreeBuilder();
  #last: Sampled | null = null;
  #ticks = 0;
  #wallMs = 0;

  add(sampled: Sampled): void {
    this.#tree.merge(sampled.tree);
    this.#ticks += sampled.ticks;
    this.#wallMs += sampled.wallMs;
    this.#last = sampled;
  }

  /** Null where none came. */
  get sum(): Sampled | null {
    if (!this.#last) return null;
    return { ...this.#last, tree: this.#tree.build(), ticks: this.#ticks, wallMs: this.#wallMs, waits: [] };
  }
}
