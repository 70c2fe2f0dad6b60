import { Durations } from "../../core/durations.ts";
import type { Frames, Load, Milliseconds, Seconds } from "../../core/units.ts";
import type { JobResult, LaneEmission, Sampled } from "../worker/lane/laneProtocol.ts";
import { EmissionLog } from "./emissionLog.ts";
import { StageTally } from "./stageTally.ts";

/** Everything that one execution of the pipeline gave, before it becomes figures. */
export class PassRecord {
  readonly stages: readonly StageTally[];
  /** Work of all stages per block of the recording, where one job took all of them. */
  readonly blocks = new Durations();
  /** Blocks that took longer than they last. */
  overruns = 0;
  peakLoad: Load = 0;
  /** A stage that blocks go through returned a promise: such a block has no deadline. */
  waited = false;
  readonly samples: Sampled[] = [];
  #emissions = new EmissionLog();
  notNumbers = 0;
  frames: Frames = 0;
  wallMs: Milliseconds = 0;

  constructor(stageCount: number) {
    this.stages = Array.from({ length: stageCount }, () => new StageTally());
  }

  /** @param index the piece's; Infinity for file stages */
  add(index: number, result: JobResult): void {
    for (const spans of result.spans) this.stages[spans.stage]?.add(spans);
    if (index !== Infinity) this.waited ||= result.spans.some(({ waits }) => waits !== null);
    this.#emissions.add(index, result.emissions);
    this.notNumbers += result.notNumbers;
  }

  /** Another execution put out what counts; of this one only the times do. */
  takeOutputOf(other: PassRecord): void {
    this.#emissions = other.#emissions;
    this.notNumbers = other.notNumbers;
  }

  /** @param budgets how long each block lasts, in ms */
  addBlocks(blockMs: Float64Array, budgets: readonly number[]): void {
    blockMs.forEach((ms, index) => {
      const load = ms / (budgets[index] ?? Infinity);
      this.blocks.add(ms);
      this.overruns += load > 1 ? 1 : 0;
      this.peakLoad = Math.max(this.peakLoad, load);
    });
  }

  addSampled(sampled: Sampled): void {
    this.samples.push(sampled);
    for (const waits of sampled.waits) this.stages[waits.stage]?.correctWaits(waits);
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
