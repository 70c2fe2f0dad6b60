import { TickTreeBuilder, ticksOf } from "../../../sampling/tickTreeBuilder.ts";
import { ticksNeeded } from "../../../sampling/ticksNeeded.ts";
import { Board } from "../../lane/board.ts";
import { now } from "../clock.ts";
import type { Emissions } from "../../stages/emissions.ts";
import type { Sampled, SampledJob } from "../../lane/laneProtocol.ts";
import { EXCERPT_JOB, partsOf } from "../excerptParts.ts";
import type { Sampler } from "./sampler.ts";
import type { StageRunner } from "../../stages/stageRunner.ts";

/** The first look, from which the number of ticks that are needed is told. */
const FIRST_LOOK_MS = 500;

/**
 * Repeats the stages over segments of the recording under the sampler until the hottest line is known well enough or
 * the budget is spent. Block by block, as in real time, because each stage keeps a frame of its own in the profile.
 */
export async function sampleRepeatedly(
  job: SampledJob,
  runner: StageRunner,
  emissions: Emissions,
  sampler: Sampler,
  board: Int32Array,
): Promise<Sampled> {
  const began = now();
  const end = began + job.budgetMs;
  let repeats = 0;
  const all = new TickTreeBuilder();
  const onPart = (): void => {
    if (sampler.isFull) all.merge(sampler.take().tree);
  };
  const repeatUntil = async (roundEnd: number): Promise<void> => {
    do {
      await once(job, repeats, runner, emissions, roundEnd === end ? end : Infinity, board, onPart);
      repeats += 1;
    } while (now() < roundEnd && board[Board.cancel] !== 1);
  };
  sampler.start(job.intervalUs);
  sampler.beginLook();
  await repeatUntil(Math.min(end, began + FIRST_LOOK_MS));
  const look = sampler.endLook();
  const missing = ticksNeeded(look) - ticksOf(look);
  const moreMs = (missing * (now() - began)) / Math.max(1, ticksOf(look));
  if (moreMs > 0 && now() + 1 < end && board[Board.cancel] !== 1)
    await repeatUntil(Math.min(end, now() + moreMs));
  all.merge(sampler.stop().tree);
  const tree = all.build();
  // Stages that wait aren't repeated.
  return {
    tree,
    ticks: ticksOf(tree),
    intervalUs: job.intervalUs,
    repeats,
    wallMs: now() - began,
    waits: [],
  };
}

async function once(
  job: SampledJob,
  repeat: number,
  runner: StageRunner,
  emissions: Emissions,
  end: number,
  board: Int32Array,
  onPart: () => void,
): Promise<void> {
  const audio = job.segments[repeat % job.segments.length];
  if (audio) {
    runner.reset();
    for (const part of partsOf(audio)) {
      await runner.run({ ...EXCERPT_JOB, to: job.fileStagesFrom, segment: repeat, audio: part });
      onPart();
      if (now() >= end || board[Board.cancel] === 1) return;
    }
  }
  for (const stage of job.fileStages) {
    emissions.reset(job.emissions);
    await runner.runFileStage(stage, job.endSeconds);
  }
}
