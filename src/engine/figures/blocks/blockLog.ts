import { Durations } from "../../../core/durations.ts";
import type { Frames, Milliseconds } from "../../../core/units.ts";
import type { CodeChanges } from "../../worker/measuring/slowBlocks/codeLog.ts";
import { blockAt, endOfBlock, stageTimes } from "../pass/spansInTime.ts";
import type { TalliedJob } from "../pass/talliedJob.ts";

/** A block that took longer than usual, with what was seen of it. */
export interface LongBlock extends CodeChanges {
  /** Of the recording, from 0. */
  readonly block: number;
  /** When it began, since the pass did. */
  readonly at: Milliseconds;
  readonly ms: Milliseconds;
  /** By stage. */
  readonly stageMs: ReadonlyMap<number, Milliseconds>;
  /** In which garbage was collected. */
  readonly collectedMs: Milliseconds;
  /** Ready to run, without a core. */
  readonly waitedMs: Milliseconds;
}

/** Blocks of up to so many frames are put together from those that ran. */
export const LARGEST_BLOCK: Frames = 4096;
/** So much longer than half of all blocks. Which ones are slow is told at the end, when it is known what is usual. */
const LONG = 1.3;
const MOST_LONG = 20_000;

/** The blocks of one worker alone, in order: what those of other sizes would take, and which are out of the ordinary. */
export class BlockLog {
  readonly all = new Durations();
  /** By how many blocks are taken together: 2, 4, 8… */
  readonly joined: ReadonlyMap<number, Durations>;
  readonly #sums = new Map<number, Milliseconds>();
  #long: LongBlock[] = [];
  #next = 0;
  #tellsCompilations = false;

  constructor(blockFrames: Frames) {
    const joined = new Map<number, Durations>();
    for (let many = 2; many * blockFrames <= LARGEST_BLOCK; many *= 2) joined.set(many, new Durations());
    this.joined = joined;
  }

  /** Whether V8 told what it compiles: something always is, in the first blocks. */
  get tellsCompilations(): boolean {
    return this.#tellsCompilations;
  }

  /** Whether shorter ones weren't kept any more. */
  isCut = false;

  /** In order of time. */
  get long(): readonly LongBlock[] {
    return this.#long;
  }

  add(job: TalliedJob): void {
    const { blockMs, looks } = job.result;
    this.#tellsCompilations ||= looks.some(({ compilations }) => compilations.length > 0);
    for (let index = 0; index < blockMs.length; index++) this.#count(blockMs[index] ?? 0);
    const least = LONG * this.all.percentile(0.5);
    blockMs.forEach((ms, index) => {
      if (ms > least) this.#long.push(longBlock(job, index));
    });
    if (this.#long.length > 2 * MOST_LONG) this.#dropShortest();
  }

  #count(ms: Milliseconds): void {
    this.all.add(ms);
    this.#next += 1;
    for (const [many, durations] of this.joined) {
      const sum = (this.#sums.get(many) ?? 0) + ms;
      const isWhole = this.#next % many === 0;
      if (isWhole) durations.add(sum);
      this.#sums.set(many, isWhole ? 0 : sum);
    }
  }

  #dropShortest(): void {
    this.isCut = true;
    const kept = this.#long.toSorted((a, b) => b.ms - a.ms).slice(0, MOST_LONG);
    this.#long = kept.sort((a, b) => a.block - b.block);
  }
}

function longBlock(job: TalliedJob, index: number): LongBlock {
  const { blockMs, blockStarts, spans, collections, looks } = job.result;
  const start = blockStarts[index] ?? 0;
  const end = endOfBlock(job.result, index);
  // It was looked at after it, unless it turned out only later to be long.
  const look = looks.find(({ block }) => block === index);
  // Between the calls, and after the last one, they slow no block.
  const within = collections.filter((pause) => blockAt(job.result, pause.start) === index);
  return {
    block: job.firstBlock + index,
    at: job.sincePassBegan(start),
    ms: blockMs[index] ?? 0,
    stageMs: stageTimes(spans, start, end),
    collectedMs: within.reduce((sum, { ms }) => sum + ms, 0),
    waitedMs: look?.waitedMs ?? 0,
    deoptimisations: look?.deoptimisations ?? [],
    compilations: look?.compilations ?? [],
  };
}
