import type { Recording, StageFactory } from "waveflame";
import {
  checkTargets,
  emitWritten,
  figuresMark,
  tableMark,
  writeFigures,
  writeTable,
} from "../shared/writing.ts";
import { meanLevels, type LevelStretch } from "./shared/levelSmoothing.ts";
import type { OutputLevel } from "./shared/outputSettings.ts";
import { spectrumBands } from "./shared/spectrumBands.ts";
import { encodingOf, soundMark, writeSound } from "./shared/writeSound.ts";

const PIPELINE = "mastering";
const SPECTRUM_COLUMNS = ["frequency in Hz", "level in dB"];

/** Puts together what the stages found, and writes it where asked: the sound as WAV, all as JSON, the spectrum as CSV. */
export const report: StageFactory = (context) => async () => {
  const { sampleRate, results, emit } = context;
  const only = (name: string): unknown => results(name).at(-1)?.value ?? null;
  const stretches = results("spectrum of a stretch").map(({ value }) => value as unknown as LevelStretch);
  const levels = meanLevels(stretches);
  const spectrum = spectrumBands(sampleRate).map(({ frequency }, band) => ({
    frequency,
    level: levels[band] ?? null,
  }));
  emit("spectrum", spectrum);
  const output = only("output") as OutputLevel | null;
  const sound = await writeSound(context, output?.gainDb ?? 0);
  const found = { content: only("content"), spectrum, envelope: only("envelope"), output };
  const text = await writeFigures("json", context, PIPELINE, found);
  const table = await writeTable(
    "csv",
    context,
    SPECTRUM_COLUMNS,
    spectrum.map(({ frequency, level }) => [frequency, level]),
  );
  emitWritten(emit, [sound, text, table]);
};

/** What it is bound to fail for. @throws ParameterError */
export async function checkReport(recording: Recording): Promise<void> {
  encodingOf(recording.parameters);
  await checkTargets(recording, {
    wav: soundMark,
    json: figuresMark(PIPELINE),
    csv: tableMark(SPECTRUM_COLUMNS),
  });
}
