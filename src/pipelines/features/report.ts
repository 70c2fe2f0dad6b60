import type { StageFactory } from "waveflame";
import { writeTable, writeText } from "../shared/writing.ts";

/** Writes the features where asked: all as JSON, the onsets as CSV. */
export const report: StageFactory = (context) => async () => {
  const { parameters, results } = context;
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
  await writeText(parameters["json"], context, JSON.stringify(features, typedArraysAsLists, 2));
  await writeTable(parameters["csv"], context, [["onset in s"], ...onsets.map((time) => [time])]);
};

const typedArraysAsLists = (_key: string, value: unknown): unknown =>
  value instanceof Float32Array ? [...value] : value;
