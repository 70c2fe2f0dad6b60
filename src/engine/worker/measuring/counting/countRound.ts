import type { Profiler } from "node:inspector";
import type { CountedAgain, CountedFile, CountedRound } from "../../lane/laneProtocol.ts";
import { CountTally } from "./countTally.ts";

/** What stages did in one of two rounds over the same audio, call by call. */
export class CountRound {
  readonly #tally: CountTally;
  readonly #hits = new Map<number, number[]>();

  constructor(files: readonly CountedFile[]) {
    this.#tally = new CountTally(files);
  }

  /** @param ran since the stage was called */
  add(stage: number, ran: readonly Profiler.ScriptCoverage[]): void {
    const hits = this.#hits.get(stage) ?? [];
    hits.push(this.#tally.add(stage, ran, true));
    this.#hits.set(stage, hits);
  }

  take(): ReadonlyMap<number, CountedRound> {
    return new Map(
      this.#tally.take().map(({ stage, times }) => [stage, { hits: this.#hits.get(stage) ?? [], times }]),
    );
  }
}

/** Of the stages that were called in both. */
export function roundsOf(first: CountRound, second: CountRound): CountedAgain[] {
  const again = second.take();
  return [...first.take()].flatMap(([stage, round]) => {
    const other = again.get(stage);
    return other ? [{ stage, first: round, second: other }] : [];
  });
}
