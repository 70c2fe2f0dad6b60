import type { StageFactory } from "waveflame";
import { writeTable, writeText } from "../shared/writing.ts";
import { meanLevels, type LevelStretch } from "./shared/levelSmoothing.ts";
import type { OutputLevel } from "./shared/outputSettings.ts";
import { spectrumBands } from "./shared/spectrumBands.ts";
import { writeSound } from "./shared/writeSound.ts";

/** Puts together what the stages found, and writes it where asked: the sound as WAV, all as JSON, the spectrum as CSV. */
export const report: StageFactory = (context) => async () => {
  const { sampleRate, parameters, results, emit } = context;
  const only = (name: string): unknown => results(name).at(-1)?.value ?? null;
  const stretches = results("spectrum of a stretch").map(({ value }) => value as unknown as LevelStretch);
  const levels = meanLevels(stretches);
  const spectrum = spectrumBands(sampleRate).map(({ frequency }, band) => ({
    frequency,
    level: levels[band] ?? null,
  }));
  emit("spectrum", spectrum);
  const output = only("output") as OutputLevel | null;
  await writeSound(context, output?.gainDb ?? 0);
  const found = { content: only("content"), spectrum, envelope: only("envelope"), output };
  await writeText(parameters["json"], context, JSON.stringify(found, null, 2));
  await writeTable(parameters["csv"], context, [
    ["frequency in Hz", "level in dB"],
    ...spectrum.map(({ frequency, level }) => [frequency, level]),
  ]);
};
