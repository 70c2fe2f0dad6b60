import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Milliseconds } from "../../src/core/units.ts";
import type { Benchmark, BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure } from "../report/figure.ts";
import { startProfiling } from "../profiling.ts";
import { SAMPLE_RATE, writeNoise } from "../recording.ts";

const ROUNDS = { quick: 2, usual: 15, full: 61 };
const SECONDS = 120;
/** Of what two bare processes gain over one in the same run. */
const BOUND = 0.9;

/** What a second worker gains for stages without memory, beside what a second process gains that does nothing else. */
export const scaling: Benchmark = async (setting) => {
  const audio = join(setting.folder, "noise.wav");
  await writeNoise(audio, SECONDS);
  const bare = await Promise.all([bareProcess(), bareProcess()]);
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 1; round <= ROUNDS[setting.extent]; round += 1) {
      setting.say(`one worker, two workers, one process, two processes: ${round}/${ROUNDS[setting.extent]}`);
      ours.push((await timedPass(setting, audio, 1)) / (await timedPass(setting, audio, 2)));
      theirs.push((2 * (await longest(bare.slice(0, 1)))) / (await longest(bare)));
    }
  } finally {
    for (const child of bare) child.kill();
  }
  const part = median(ours.map((gain, round) => gain / (theirs[round] ?? 1)));
  return [
    plainFigure("two workers against one, block stages", median(ours), "×"),
    plainFigure("two bare processes against one", median(theirs), "×"),
    boundedFigure("gain of the workers ÷ gain of the processes", part, "×", `≥ ${BOUND}×`, part >= BOUND),
  ];
};

async function timedPass(
  { root, machine, folder }: BenchmarkSetting,
  audio: string,
  workers: number,
): Promise<Milliseconds> {
  const { outcome } = await startProfiling({
    root,
    machine,
    audio,
    pipeline: join(import.meta.dirname, "work.pipeline.ts"),
    workspace: folder,
    settings: { workers, segmentSeconds: 2, samplingMs: 0 },
  });
  const { run } = await outcome;
  if (run.workers.used !== workers)
    throw new Error(`${workers} workers were wanted and ${run.workers.used} used.`);
  return run.totals.wallMs;
}

async function bareProcess(): Promise<ChildProcess> {
  const frames = String((SECONDS * SAMPLE_RATE) / 2);
  const child = fork(join(import.meta.dirname, "bareProcess.ts"), [frames]);
  await once(child, "message");
  return child;
}

/** All begin together. */
async function longest(children: readonly ChildProcess[]): Promise<Milliseconds> {
  const times = await Promise.all(
    children.map(async (child) => {
      child.send("go");
      const [time] = (await once(child, "message")) as [Milliseconds];
      return time;
    }),
  );
  return Math.max(...times);
}
