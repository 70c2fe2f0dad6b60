import type { CollectionKind, CollectionPause, Collections } from "../../../core/run/measured/collections.ts";
import type { Frames, Hertz, Milliseconds } from "../../../core/units.ts";
import type { LaneCollection } from "../../worker/measuring/memory/collectionLog.ts";
import { blockAt, stageAt } from "./spansInTime.ts";
import type { TalliedJob } from "./talliedJob.ts";

/** More than a page can draw. */
const MOST_PAUSES = 1000;

type Pause = Omit<CollectionPause, "stage"> & { readonly stage: number | null };

interface Total {
  readonly kind: CollectionKind;
  readonly stage: number | null;
  count: number;
  ms: Milliseconds;
  longestMs: Milliseconds;
}

/** The collections of a pass, given to the stages and blocks that they interrupted. */
export class CollectionTally {
  #pauses: Pause[] = [];
  readonly #totals = new Map<string, Total>();

  add(job: TalliedJob, sampleRate: Hertz, blockFrames: Frames): void {
    for (const collection of job.result.collections) {
      const stage = stageAt(job.result.spans, collection.start);
      this.#total(collection, stage);
      const within = blockAt(job.result, collection.start);
      const block = within === null ? null : job.firstBlock + within;
      this.#pauses.push({
        kind: collection.kind,
        atMs: job.sincePassBegan(collection.start),
        ms: collection.ms,
        worker: job.lane,
        stage,
        block,
        time: block === null ? null : (block * blockFrames) / sampleRate,
      });
    }
    if (this.#pauses.length > 2 * MOST_PAUSES) this.#pauses = longest(this.#pauses);
  }

  /** @param names of the stages */
  figures(names: readonly string[]): Collections {
    const name = (stage: number | null): string | null => (stage === null ? null : (names[stage] ?? null));
    return {
      pauses: longest(this.#pauses)
        .sort((a, b) => a.atMs - b.atMs)
        .map((pause) => ({ ...pause, stage: name(pause.stage) })),
      totals: [...this.#totals.values()]
        .sort((a, b) => b.ms - a.ms)
        .map((total) => ({ ...total, stage: name(total.stage) })),
    };
  }

  #total({ kind, ms }: LaneCollection, stage: number | null): void {
    const key = `${kind} ${stage ?? ""}`;
    const total = this.#totals.get(key) ?? { kind, stage, count: 0, ms: 0, longestMs: 0 };
    total.count += 1;
    total.ms += ms;
    total.longestMs = Math.max(total.longestMs, ms);
    this.#totals.set(key, total);
  }
}

const longest = (pauses: readonly Pause[]): Pause[] =>
  pauses.toSorted((a, b) => b.ms - a.ms).slice(0, MOST_PAUSES);
