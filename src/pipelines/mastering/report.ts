import type { StageFactory } from "waveflame";
import { writeTable, writeText } from "../shared/writing.ts";
import { meanLevels, type LevelStretch } from "./shared/levelSmoothing.ts";
import { spectrumBands } from "./shared/spectrumBands.ts";

/** Puts together what the stages found, and writes it where asked: as JSON, or the spectrum as CSV. */
export const report: StageFactory =
  ({ file, sampleRate, parameters, results, emit }) =>
  async () => {
    const only = (name: string): unknown => results(name).at(-1)?.value ?? null;
    const stretches = results("spectrum of a stretch").map(({ value }) => value as unknown as LevelStretch);
    const levels = meanLevels(stretches);
    const spectrum = spectrumBands(sampleRate).map(({ frequency }, band) => ({
      frequency,
      level: levels[band] ?? null,
    }));
    emit("spectrum", spectrum);
    const found = { content: only("content"), spectrum, envelope: only("envelope"), output: only("output") };
    await writeText(parameters["json"], file, JSON.stringify(found, null, 2));
    await writeTable(parameters["csv"], file, [
      ["frequency in Hz", "level in dB"],
      ...spectrum.map(({ frequency, level }) => [frequency, level]),
    ]);
  };
