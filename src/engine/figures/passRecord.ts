import type { Frames, Milliseconds } from "../../core/units.ts";
import type { JobResult, LaneEmission, Sampled } from "../worker/laneProtocol.ts";
import { StageTally, Times } from "./stageTally.ts";

/** Everything that one execution of the pipeline gave, before it becomes figures. */
export class PassRecord {
  readonly stages: readonly StageTally[];
  /** Work of all stages per block of the recording, where one job took all of them. */
  readonly blockMs = new Times();
  readonly blockLoads = new Times();
  readonly samples: Sampled[] = [];
  readonly #emissions: { segment: number; emissions: readonly LaneEmission[] }[] = [];
  notNumbers = 0;
  frames: Frames = 0;
  wallMs: Milliseconds = 0;

  constructor(stageCount: number) {
    this.stages = Array.from({ length: stageCount }, () => new StageTally());
  }

  /**
   * @param segment its place in the order of what was emitted; Infinity for file stages
   * @param isOutput whether what it put out is what the pipeline puts out
   */
  add(segment: number, result: JobResult, isOutput: boolean): void {
    for (const spans of result.spans) this.stages[spans.stage]?.add(spans);
    this.#emissions.push({ segment, emissions: result.emissions });
    if (isOutput) this.notNumbers += result.notNumbers;
  }

  /** @param budgets how long each block lasts, in ms */
  addBlocks(blockMs: Float64Array, budgets: readonly number[]): void {
    blockMs.forEach((ms, index) => {
      this.blockMs.push(ms);
      this.blockLoads.push(ms / (budgets[index] ?? Infinity));
    });
  }

  addSampled(sampled: Sampled): void {
    this.samples.push(sampled);
    for (const waits of sampled.waits) this.stages[waits.stage]?.correctWaits(waits);
  }

  get waited(): boolean {
    return this.stages.some(({ asynchronous }) => asynchronous);
  }

  get spans(): number {
    return this.stages.reduce((sum, { calls }) => sum + calls, 0);
  }

  get workMs(): Milliseconds {
    return this.stages.reduce((sum, { workMs }) => sum + workMs, 0);
  }

  /** In order of time; of equal times the earlier stage, then the earlier one of it. */
  get emissions(): LaneEmission[] {
    return this.#emissions
      .toSorted((a, b) => a.segment - b.segment)
      .flatMap(({ emissions }) => emissions)
      .sort((a, b) => a.time - b.time || a.stage - b.stage);
  }
}
