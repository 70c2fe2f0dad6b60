import { definePipeline } from "../../src/library/pipeline.ts";
import { newBoard } from "../../src/engine/worker/lane/board.ts";
import { Emissions } from "../../src/engine/worker/stages/emissions.ts";
import type { Job } from "../../src/engine/worker/lane/laneProtocol.ts";
import { keepFrames } from "../../src/engine/worker/stages/stageCall.ts";
import { definedStages } from "../../src/engine/worker/stages/definedStages.ts";
import { StageRunner } from "../../src/engine/worker/stages/stageRunner.ts";
import type { Microseconds } from "../../src/core/units.ts";
import { median } from "../report/figure.ts";
import { noise, SAMPLE_RATE } from "../recording.ts";
import { BLOCK_FRAMES, divide, turnsFor } from "./spanStages.ts";

const WORK_MS = 20;
const WARM_UPS = 5;

/**
 * The engine's timed pass beside a bare loop over the same blocks, in turns: how many times as long it takes, the median
 * of the pairs. Unlike the cost of spans it holds all that the runner does for a block, and the noise of the machine.
 */
export async function timedOverBare(microseconds: Microseconds, pairs: number): Promise<number> {
  const turns = turnsFor(microseconds);
  const process = ({ channels: [samples] }: { channels: Float32Array[] }): void =>
    divide(samples ?? [], turns);
  const blocks = Math.ceil((WORK_MS * 1000) / microseconds);
  const recording = noise(blocks * BLOCK_FRAMES);
  const job: Job = {
    mode: "timed",
    alone: true,
    from: 0,
    to: 1,
    segment: 0,
    audio: {
      sampleRate: SAMPLE_RATE,
      startFrame: 0,
      blocks: Array<number>(blocks).fill(BLOCK_FRAMES),
      channels: [recording],
    },
    warmUp: null,
    endsSegment: false,
    last: false,
    isOutput: false,
    probe: "none",
    wantsAudio: false,
  };
  keepFrames();
  const runner = await runnerOf(() => process);
  const bare = (): void => {
    for (let from = 0; from < recording.length; from += BLOCK_FRAMES)
      process({ channels: [recording.subarray(from, from + BLOCK_FRAMES)] });
  };
  const timed = (): Promise<unknown> => runner.run(job);
  const took = new Map<() => unknown, number>();
  const ratios: number[] = [];
  for (let pair = -WARM_UPS; pair < pairs; pair += 1) {
    // Each goes first as often as the other.
    for (const work of pair % 2 === 0 ? [bare, timed] : [timed, bare]) took.set(work, await elapsed(work));
    if (pair >= 0) ratios.push((took.get(timed) ?? 0) / (took.get(bare) ?? Infinity));
  }
  return median(ratios);
}

async function runnerOf(create: () => (block: { channels: Float32Array[] }) => void): Promise<StageRunner> {
  const pipeline = definePipeline({ name: "Paired", blockFrames: BLOCK_FRAMES, stages: { work: create } });
  return new StageRunner(
    await definedStages(pipeline, {
      file: "",
      source: { sampleRate: SAMPLE_RATE, channelCount: 1, blockFrames: BLOCK_FRAMES },
      durationSeconds: 10,
      segmentSeconds: 10,
      parameters: {},
    }),
    {
      file: "",
      outputFolder: () => null,
      emissions: new Emissions(),
      audio: () => {
        throw new Error("No stage here reads the recording again.");
      },
      onResults: () => undefined,
    },
    newBoard(),
    { onPromise: () => undefined, onBlock: () => undefined, onSpan: () => undefined },
  );
}

async function elapsed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
