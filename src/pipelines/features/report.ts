import type { Recording, StageFactory } from "waveflame";
import {
  checkTargets,
  emitWritten,
  figuresMark,
  tableMark,
  writeFigures,
  writeTable,
} from "../shared/writing.ts";

const PIPELINE = "features";
const ONSET_COLUMNS = ["onset in s"];

/** Writes the features where asked: all as JSON, the onsets as CSV. */
export const report: StageFactory = (context) => async () => {
  const { results, emit } = context;
  const only = (name: string): unknown => results(name).at(-1)?.value ?? null;
  const onsets = results("onset").map(({ time }) => time);
  const features = {
    energy: only("energy"),
    centroid: only("centroid"),
    mfcc: only("mfcc"),
    spectrogram: only("spectrogram"),
    meanSpectrum: only("mean spectrum"),
    onsets,
  };
  const text = await writeFigures("json", context, PIPELINE, features);
  const table = await writeTable(
    "csv",
    context,
    ONSET_COLUMNS,
    onsets.map((time) => [time]),
  );
  emitWritten(emit, [text, table]);
};

/** What it is bound to fail for. @throws ParameterError */
export const checkReport = (recording: Recording): Promise<void> =>
  checkTargets(recording, { json: figuresMark(PIPELINE), csv: tableMark(ONSET_COLUMNS) });
