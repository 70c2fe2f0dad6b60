import type { StageFactory } from "waveflame";
import { writeTable, writeText } from "../shared/writing.ts";

/** Writes the features where asked: all as JSON, the onsets as CSV. */
export const report: StageFactory =
  ({ file, parameters, results }) =>
  async () => {
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
    await writeText(parameters["json"], file, JSON.stringify(features, typedArraysAsLists, 2));
    await writeTable(parameters["csv"], file, [["onset in s"], ...onsets.map((time) => [time])]);
  };

const typedArraysAsLists = (_key: string, value: unknown): unknown =>
  value instanceof Float32Array ? [...value] : value;
