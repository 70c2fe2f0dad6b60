import { Board } from "../lane/board.ts";
import type { Counted, CountedJob, SegmentAudio } from "../lane/laneProtocol.ts";
import type { Emissions } from "../stages/emissions.ts";
import type { StageRunner } from "../stages/stageRunner.ts";
import { now } from "./clock.ts";
import type { CountTally } from "./countTally.ts";
import type { Coverage } from "./coverage.ts";
import { EXCERPT_JOB } from "./excerptParts.ts";

/**
 * Takes stretches of the recording through the stages block by block, and after each call of a stage what V8 counted since
 * the last one: so what several stages share is split exactly. Factories and `finish` of the others don't count, only
 * blocks do, and what file stages do with the whole recording.
 */
export class CountedPass {
  readonly #job: CountedJob;
  readonly #coverage: Coverage;
  readonly #tally: CountTally;
  readonly #board: Int32Array;
  #isLater = false;

  constructor(job: CountedJob, coverage: Coverage, tally: CountTally, board: Int32Array) {
    this.#job = job;
    this.#coverage = coverage;
    this.#tally = tally;
    this.#board = board;
  }

  /** For the runner: a stage was called. */
  called(stage: number): void {
    this.#tally.add(stage, this.#coverage.take(), this.#isLater);
  }

  /** For the runner: what ran until now counts for no stage. */
  forget(): void {
    this.#coverage.take();
  }

  async run(runner: StageRunner, emissions: Emissions): Promise<Counted> {
    const { segments, fileStages, budgetMs, fileStagesFrom } = this.#job;
    const began = now();
    let frames = 0;
    for (const [index, audio] of fileStagesFrom > 0 ? segments.entries() : []) {
      const isOver = index > 0 && now() - began >= budgetMs;
      if (isOver || this.#isCancelled) break;
      const end = began + (budgetMs * (index + 1)) / segments.length;
      frames += await this.#stretch(runner, audio, index, end);
    }
    this.#isLater = false;
    for (const stage of fileStages) {
      if (this.#isCancelled) break;
      emissions.reset(this.#job.emissions);
      await runner.runFileStage(stage, this.#job.endSeconds);
    }
    return { frames, wallMs: now() - began, stages: this.#tally.take() };
  }

  get #isCancelled(): boolean {
    return this.#board[Board.cancel] === 1;
  }

  /** One block at least. @returns how many frames were counted */
  async #stretch(runner: StageRunner, audio: SegmentAudio, segment: number, end: number): Promise<number> {
    const job = { ...EXCERPT_JOB, to: this.#job.fileStagesFrom, segment };
    runner.reset();
    // Without a block the stages are made and made ready.
    await runner.run({ ...job, audio: { ...audio, blocks: [] } });
    this.forget();
    let frames = 0;
    for (const [index, length] of audio.blocks.entries()) {
      this.#isLater = index > 0;
      const channels = audio.channels.map((channel) => channel.slice(frames, frames + length));
      const block = { ...audio, startFrame: audio.startFrame + frames, blocks: [length], channels };
      await runner.run({ ...job, audio: block });
      frames += length;
      if (now() >= end || this.#isCancelled) break;
    }
    return frames;
  }
}
