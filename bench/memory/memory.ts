import { join } from "node:path";
import { randomFrom } from "../../src/client/sample/audio/random.ts";
import type { Seconds } from "../../src/core/units.ts";
import { WavWriter } from "../../src/library/audio/index.ts";
import type { Benchmark, BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, type Figure } from "../report/figure.ts";
import { startProfiling } from "../profiling.ts";

const MINUTE: Seconds = 60;
const LONG: Record<BenchmarkSetting["extent"], Seconds> = {
  quick: 10 * MINUTE,
  usual: 60 * MINUTE,
  full: 60 * MINUTE,
};
const ROUNDS = { quick: 1, usual: 3, full: 5 };
const SAMPLE_RATE = 44_100;
const SEED = 60;
/** Of the minute's peak. */
const BOUND = 1.2;

/** What the engine and its children hold at most for an hour of stereo, against a minute of it, mastered. */
export const memory: Benchmark = async (setting) => {
  const { extent, folder, say } = setting;
  const minutes = LONG[extent] / MINUTE;
  const [short, long] = [join(folder, "minute.wav"), join(folder, "long.wav")];
  say(`writing ${minutes} min of noise`);
  await writeStereoNoise(short, MINUTE);
  await writeStereoNoise(long, LONG[extent]);
  return [
    ...(await peaks(setting, 1, short, long, minutes)),
    ...(await peaks(setting, 2, short, long, minutes)),
  ];
};

async function peaks(
  setting: BenchmarkSetting,
  workers: number,
  short: string,
  long: string,
  minutes: number,
): Promise<Figure[]> {
  const ofShort: number[] = [];
  const ofLong: number[] = [];
  for (let round = 1; round <= ROUNDS[setting.extent]; round += 1) {
    setting.say(`${workers === 1 ? "one worker" : `${workers} workers`}: ${round}/${ROUNDS[setting.extent]}`);
    ofShort.push(await peakMB(setting, short, workers));
    ofLong.push(await peakMB(setting, long, workers));
  }
  const ratio = median(ofLong) / median(ofShort);
  const title = `peak memory, mastering on ${workers === 1 ? "one worker" : `${workers} workers`}`;
  return [
    plainFigure(`${title}: 1 min`, median(ofShort), "MB"),
    plainFigure(`${title}: ${minutes} min`, median(ofLong), "MB"),
    boundedFigure(`${title}: ${minutes} min ÷ 1 min`, ratio, "×", `≤ ${BOUND}×`, ratio <= BOUND),
  ];
}

async function peakMB(
  { root, machine, folder }: BenchmarkSetting,
  audio: string,
  workers: number,
): Promise<number> {
  const { outcome } = await startProfiling({
    root,
    machine,
    audio,
    pipeline: join(root, "dist", "pipelines", "mastering", "mastering.pipeline.ts"),
    workspace: folder,
    settings: { workers },
  });
  const { run } = await outcome;
  if (!run.memory)
    throw new Error(`The run over ${audio} doesn't say what memory it took: nothing to compare.`);
  return run.memory.peakMB;
}

/** The same each time; in blocks, because an hour wouldn't fit. */
async function writeStereoNoise(path: string, seconds: Seconds): Promise<void> {
  const random = randomFrom(SEED);
  const writer = await WavWriter.create(path, {
    sampleRate: SAMPLE_RATE,
    channelCount: 2,
    encoding: "pcm16",
  });
  for (let second = 0; second < seconds; second += 1) {
    const channels = [0, 1].map(() => Float32Array.from({ length: SAMPLE_RATE }, () => random() - 0.5));
    await writer.write(channels);
  }
  await writer.close();
}
