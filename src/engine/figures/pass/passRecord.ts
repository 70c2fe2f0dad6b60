import type { Frames, Hertz, Load, Milliseconds, Seconds } from "../../../core/units.ts";
import type { JobResult, LaneEmission, Sampled } from "../../worker/lane/laneProtocol.ts";
import { BlockLog } from "../blocks/blockLog.ts";
import { CollectionTally } from "./collectionTally.ts";
import { EmissionLog } from "./emissionLog.ts";
import { MemoryTally } from "../memory/memoryTally.ts";
import { PoolTally } from "./poolTally.ts";
import { SampledTally } from "./sampledTally.ts";
import { StageTally } from "./stageTally.ts";
import { unaccountedIn } from "./unaccounted.ts";
import type { TalliedJob } from "./talliedJob.ts";

/** Everything that one execution of the pipeline gave, before it becomes figures. */
export class PassRecord {
  readonly stages: readonly StageTally[];
  /** Work of all stages per block of the recording, where one job took all of them. */
  readonly blocks: BlockLog;
  readonly collections = new CollectionTally();
  readonly memory = new MemoryTally();
  readonly pool = new PoolTally();
  /** Blocks that took longer than they last. */
  overruns = 0;
  peakLoad: Load = 0;
  /** A stage that blocks go through returned a promise: such a block has no deadline. */
  waited = false;
  readonly #ticks = new SampledTally();
  #emissions = new EmissionLog();
  notNumbers = 0;
  /** What looking took, outside of all calls. */
  memoryLooksMs: Milliseconds = 0;
  blockLooksMs: Milliseconds = 0;
  collectionLooksMs: Milliseconds = 0;
  /** In workers, and what of it was neither a stage's nor the profiler's. */
  jobsMs: Milliseconds = 0;
  unaccountedMs: Milliseconds = 0;
  frames: Frames = 0;
  /** On the engine's clock; null until it begins. */
  began: Milliseconds | null = null;
  wallMs: Milliseconds = 0;

  readonly #blockFrames: Frames;

  constructor({
    stages,
    blockFrames,
  }: {
    readonly stages: readonly unknown[];
    readonly blockFrames: Frames;
  }) {
    this.#blockFrames = blockFrames;
    this.blocks = new BlockLog(blockFrames);
    this.stages = stages.map(() => new StageTally());
  }

  /** @param index the piece's; Infinity for file stages */
  add(index: number, result: JobResult): void {
    const corrected = result.sampled.flatMap(({ waits }) => waits);
    for (const spans of result.spans)
      this.stages[spans.stage]?.add(
        spans,
        corrected.filter(({ stage }) => stage === spans.stage),
      );
    for (const sampled of result.sampled) this.#ticks.add(sampled);
    if (index !== Infinity) this.waited ||= result.spans.some(({ waits }) => waits !== null);
    this.#emissions.add(index, result.emissions);
    this.notNumbers += result.notNumbers;
  }

  /** What was seen of a job besides its times. */
  tally(job: TalliedJob, sampleRate: Hertz): void {
    this.collections.add(job, sampleRate, this.#blockFrames);
    this.memory.add(job.result);
    this.pool.add(job);
    const { memory, blocks, collections } = job.result.lookedMs;
    this.memoryLooksMs += memory;
    this.blockLooksMs += blocks;
    this.collectionLooksMs += collections;
    this.jobsMs += job.result.clock.ended - job.result.clock.began;
    this.unaccountedMs += unaccountedIn(job);
  }

  /** Another execution put out what counts; of this one only the times do. */
  takeOutputOf(other: PassRecord): void {
    this.#emissions = other.#emissions;
    this.notNumbers = other.notNumbers;
  }

  /** @param budgets how long each block lasts, in ms */
  addBlocks(job: TalliedJob, budgets: readonly Milliseconds[]): void {
    this.blocks.add(job);
    job.result.blockMs.forEach((ms, index) => {
      const load = ms / (budgets[index] ?? Infinity);
      this.overruns += load > 1 ? 1 : 0;
      this.peakLoad = Math.max(this.peakLoad, load);
    });
  }

  addSampled(sampled: Sampled): void {
    this.#ticks.add(sampled);
    for (const waits of sampled.waits) this.stages[waits.stage]?.correctWaits(waits);
  }

  /** Of a pass that was sampled while it was timed; null where it wasn't. */
  get sampled(): Sampled | null {
    return this.#ticks.sum;
  }

  get spans(): number {
    return this.stages.reduce((sum, { calls }) => sum + calls, 0);
  }

  get workMs(): Milliseconds {
    return this.stages.reduce((sum, { workMs }) => sum + workMs, 0);
  }

  /** In order of time; of equal times the earlier stage, then the earlier one of it. */
  get emissions(): LaneEmission[] {
    return this.#emissions.all;
  }

  /** From when on emitted values weren't kept, because a run can't hold more; null where all are. */
  get emissionsCutFrom(): Seconds | null {
    return this.#emissions.cutFrom;
  }
}
