import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Milliseconds } from "../../../src/core/units.ts";
import type { BenchmarkSetting } from "../../bench.ts";
import { startProfiling } from "../../profiling.ts";
import { SAMPLE_RATE, writeNoise } from "../../recording.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../../report/figure.ts";
import { BLOCK_FRAMES } from "../shape.ts";
import { STAGES, stagesText } from "./stagesText.ts";

const run = promisify(execFile);
const PAIRS = { quick: 3, usual: 9, full: 101 };
const RECORDING_SECONDS = 20;
/** The sampled pass gives no times; it can't be left out. */
const SAMPLING_MS = 100;
/** In percent. */
const NEAR = 1;

/** By stage, in ms. */
type Times = ReadonlyMap<string, Milliseconds>;

interface ClockedRun {
  /** As the run shows them: all calls, and the median of one. */
  readonly selfMs: Times;
  readonly blockMs: Times;
  /** All calls by the clock that the stage itself reads. */
  readonly ownMs: Times;
}

/**
 * The time that a run shows for each stage, beside two clocks that the engine has no hand in. One is read by the stage itself
 * as it begins and ends, in the very same calls: it shows whether each call is counted, once, for its stage, and as long
 * as it was. The other stands around the same stages in a process without the profiler, by turns with the runs, so that it
 * would show if measuring made them slower: medians of calls and of the pairs, because one process differs from the next.
 * A processor clock of the thread would be yet further away, but steps by milliseconds on some kernels.
 */
export async function stageTimes(setting: BenchmarkSetting): Promise<Figure[]> {
  const audio = join(setting.folder, "stages.wav");
  await writeNoise(audio, RECORDING_SECONDS);
  const pipeline = join(setting.folder, "stages.pipeline.js");
  await writeFile(pipeline, stagesText());
  const pairs: { readonly shown: ClockedRun; readonly bare: Times }[] = [];
  for (let pair = 0; pair < PAIRS[setting.extent]; pair += 1) {
    setting.say(`time per stage: ${pair + 1}/${PAIRS[setting.extent]}`);
    const bare = await bareTimes(pipeline);
    pairs.push({ shown: await clockedRun(audio, pipeline, setting), bare });
  }
  return STAGES.flatMap((stage) => {
    const own = pairs.map(({ shown }) => ratio(shown.selfMs, shown.ownMs, stage));
    const outside = pairs.map(({ shown, bare }) => ratio(shown.blockMs, bare, stage));
    return [
      plainFigure(`stage "${stage}": a call`, median(pairs.map(({ bare }) => bare.get(stage) ?? 0)), "ms"),
      near(`stage "${stage}": off its own clock, all calls`, own),
      near(
        `stage "${stage}": off a process without the profiler, median of ${outside.length} pairs`,
        outside,
      ),
    ];
  });
}

const ratio = (shown: Times, clock: Times, stage: string): number =>
  (shown.get(stage) ?? 0) / (clock.get(stage) ?? Infinity);

function near(name: string, ratios: readonly number[]): Figure {
  const off = Math.abs(median(ratios) - 1) * 100;
  return boundedFigure(name, off, "%", `≤ ${NEAR} %`, off <= NEAR);
}

async function clockedRun(
  audio: string,
  pipeline: string,
  { root, machine, folder }: BenchmarkSetting,
): Promise<ClockedRun> {
  const settings = { samplingMs: SAMPLING_MS };
  const { outcome } = await startProfiling({ root, machine, audio, pipeline, workspace: folder, settings });
  const { stages, results } = (await outcome).run;
  return {
    selfMs: new Map(stages.map(({ name, selfMs }) => [name, selfMs])),
    blockMs: new Map(stages.map(({ name, block }) => [name, block.p50])),
    ownMs: new Map(results.map(({ stage, value }) => [stage, Number(value)])),
  };
}

async function bareTimes(pipeline: string): Promise<Times> {
  const program = join(import.meta.dirname, "bareStages.ts");
  const blocks = Math.ceil((RECORDING_SECONDS * SAMPLE_RATE) / BLOCK_FRAMES);
  const { stdout } = await run(process.execPath, [program, pipeline, String(blocks)]);
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, Milliseconds>));
}
