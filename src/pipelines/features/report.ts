import type { Recording, StageFactory } from "waveflame";
import { checkTargets, emitWritten, writeTable, writeText } from "../shared/writing.ts";

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
  const text = await writeText("json", context, JSON.stringify(features, typedArraysAsLists, 2));
  const table = await writeTable("csv", context, [["onset in s"], ...onsets.map((time) => [time])]);
  emitWritten(emit, [text, table]);
};

/** What it is bound to fail for. @throws ParameterError */
export const checkReport = (recording: Recording): Promise<void> => checkTargets(recording, ["json", "csv"]);

const typedArraysAsLists = (_key: string, value: unknown): unknown =>
  value instanceof Float32Array ? [...value] : value;
