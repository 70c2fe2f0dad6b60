import { join } from "node:path";
import type { Settings } from "../../src/client/settings/settings.ts";
import type { Share } from "../../src/core/units.ts";
import type { BenchmarkSetting } from "../bench.ts";
import { startProfiling } from "../profiling.ts";
import { writeNoise } from "../recording.ts";
import { median } from "../report/figure.ts";
import type { Shape } from "./shape.ts";
import { shownShare, type ShownShare } from "./shownShare.ts";
import { fitShape, truthOf, type FittedShape } from "./truth.ts";

/**
 * Enough where there is one stage: its lines' shares come from the sampled pass, which repeats it. Whole blocks, because code
 * that once read beyond a shorter one stays slower.
 */
const RECORDING_SECONDS = 2.56;
/** Less than usual, so that all shapes take ten minutes; the error that is shown is the larger for it. */
const SAMPLING_MS = 800;
/** What tells nothing of lines' shares, in passes of their own: without them all shapes take ten minutes. */
const WITHOUT: Partial<Settings> = {
  "measure.memory": false,
  "measure.counts": false,
  "measure.causes": false,
};
/** The truth is timed before each so many runs, each time in a process of its own, because processes differ. */
const RUNS_PER_TRUTH = 4;

/** One target in all runs. */
export interface TargetResult {
  readonly title: string;
  /** In points, 0–100: the median of what the clock said, between the runs. */
  readonly truth: number;
  /** Points above the truth, by run. */
  readonly offsets: readonly number[];
  /** What was shown as error, by run, in points; empty where none is. */
  readonly errors: readonly number[];
}

/** What the runs show of a shape beside the truth, run by turns. */
export async function measureShape(
  shape: Shape,
  runs: number,
  setting: BenchmarkSetting,
): Promise<readonly TargetResult[]> {
  setting.say(`${shape.title}: fitting`);
  const audio = join(setting.folder, `${shape.name}.wav`);
  await writeNoise(audio, shape.run?.recordingSeconds ?? RECORDING_SECONDS);
  const fitted = await fitShape(shape, setting.folder);
  const truths: ReadonlyMap<string, Share>[] = [];
  const shown: ShownShare[][] = [];
  for (let run = 0; run < runs; run += 1) {
    setting.say(`${shape.title}: ${run + 1}/${runs}`);
    if (run % RUNS_PER_TRUTH === 0) truths.push(await truthOf(fitted));
    shown.push(await profiledShares(fitted, audio, setting));
  }
  return shape.targets.map(({ name, title }, target) => {
    const truth = median(truths.map((laps) => laps.get(name) ?? 0));
    const ofTarget = shown.map((shares) => shares[target] ?? { share: 0, error: 0 });
    return {
      title,
      truth: truth * 100,
      offsets: ofTarget.map(({ share }) => (share - truth) * 100),
      errors: ofTarget.flatMap(({ error }) => (error === null ? [] : [error * 100])),
    };
  });
}

async function profiledShares(
  { shape, pipeline, workspace }: FittedShape,
  audio: string,
  { root, machine }: BenchmarkSetting,
): Promise<ShownShare[]> {
  const { outcome } = await startProfiling({
    root,
    machine,
    audio,
    pipeline,
    workspace,
    settings: { samplingMs: SAMPLING_MS, ...WITHOUT, ...shape.run?.settings },
  });
  const { run, sources } = await outcome;
  return shape.targets.map((target) => shownShare(run, sources, target));
}
