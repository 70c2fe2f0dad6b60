import { Board } from "../../lane/board.ts";
import type { Counted, CountedAgain, CountedJob, SegmentAudio } from "../../lane/laneProtocol.ts";
import type { Emissions } from "../../stages/emissions.ts";
import type { StageRunner } from "../../stages/stageRunner.ts";
import { now } from "../clock.ts";
import { CountRound, roundsOf } from "./countRound.ts";
import type { CountTally } from "./countTally.ts";
import type { Coverage } from "./coverage.ts";
import { EXCERPT_JOB } from "../excerptParts.ts";

/** Fewer tell nothing of what a stage remembers. */
const FEWEST_AGAIN = 4;
/** Of the budget, and on top of it, for the stretch that is heard twice. */
const AGAIN = 0.25;

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
  /** Of the stretch that is heard twice; null in all others. */
  #round: CountRound | null = null;
  #isAgain = false;

  constructor(job: CountedJob, coverage: Coverage, tally: CountTally, board: Int32Array) {
    this.#job = job;
    this.#coverage = coverage;
    this.#tally = tally;
    this.#board = board;
  }

  /** For the runner: a stage was called. */
  called(stage: number): void {
    const ran = this.#coverage.take();
    if (!this.#isAgain) this.#tally.add(stage, ran, this.#isLater);
    if (this.#isLater) this.#round?.add(stage, ran);
  }

  /** For the runner: what ran until now counts for no stage. */
  forget(): void {
    this.#coverage.take();
  }

  async run(runner: StageRunner, emissions: Emissions): Promise<Omit<Counted, "io">> {
    const { segments, fileStages, budgetMs, fileStagesFrom } = this.#job;
    const started = now();
    let began = started;
    let frames = 0;
    let again: readonly CountedAgain[] = [];
    for (const [index, audio] of fileStagesFrom > 0 ? segments.entries() : []) {
      const isOver = index > 0 && now() - began >= budgetMs;
      if (isOver || this.#isCancelled) break;
      const end = began + (budgetMs * (index + 1)) / segments.length;
      const round = index === 0 ? new CountRound(this.#job.files) : null;
      this.#round = round;
      const heard = await this.#stretch(runner, audio, index, end);
      frames += heard.frames;
      if (!round || heard.blocks < FEWEST_AGAIN) continue;
      const ended = now();
      again = await this.#again(runner, { ...audio, blocks: audio.blocks.slice(0, heard.blocks) }, round);
      began += now() - ended;
    }
    this.#round = null;
    this.#isLater = false;
    for (const stage of fileStages) {
      if (this.#isCancelled) break;
      emissions.reset(this.#job.emissions);
      await runner.runFileStage(stage, this.#job.endSeconds);
    }
    return { frames, wallMs: now() - started, stages: this.#tally.take(), again };
  }

  /** At once: what a cache of some size remembers is still there. */
  async #again(runner: StageRunner, audio: SegmentAudio, first: CountRound): Promise<CountedAgain[]> {
    const second = new CountRound(this.#job.files);
    this.#round = second;
    this.#isAgain = true;
    await this.#stretch(runner, audio, 0, now() + AGAIN * this.#job.budgetMs);
    this.#isAgain = false;
    return roundsOf(first, second);
  }

  get #isCancelled(): boolean {
    return this.#board[Board.cancel] === 1;
  }

  /** One block at least. @returns how much was counted */
  async #stretch(
    runner: StageRunner,
    audio: SegmentAudio,
    segment: number,
    end: number,
  ): Promise<{ readonly frames: number; readonly blocks: number }> {
    const job = { ...EXCERPT_JOB, to: this.#job.fileStagesFrom, segment };
    runner.reset();
    // Without a block the stages are made and made ready.
    await runner.run({ ...job, audio: { ...audio, blocks: [] } });
    this.forget();
    let frames = 0;
    let blocks = 0;
    for (const [index, length] of audio.blocks.entries()) {
      this.#isLater = index > 0;
      const channels = audio.channels.map((channel) => channel.slice(frames, frames + length));
      const block = { ...audio, startFrame: audio.startFrame + frames, blocks: [length], channels };
      await runner.run({ ...job, audio: block });
      frames += length;
      blocks += 1;
      if (now() >= end || this.#isCancelled) break;
    }
    return { frames, blocks };
  }
}
