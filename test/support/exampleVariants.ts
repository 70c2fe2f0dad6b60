import type { Run } from "../../src/core/run/run.ts";
import type { ResponseBand, SoundComparison, VariantFigures } from "../../src/core/variants/variants.ts";
import { exampleRun } from "./exampleRun.ts";

const LEVEL = { rmsDb: -18.2, peakDb: -1.02, crestDb: 17.18 };
const SECONDS = exampleRun.audio.durationSeconds;

/** Base-ten third octaves from 25 Hz to 20 kHz. */
const bands = (differenceDb: (hertz: number) => number): ResponseBand[] =>
  Array.from({ length: 30 }, (_, index) => 1000 * 10 ** ((index - 16) / 10)).map((frequency) => ({
    frequency,
    differenceDb: differenceDb(frequency),
  }));

function comparison(blockFrames: number, other: Partial<SoundComparison> = {}): SoundComparison {
  return {
    blockFrames,
    comparedSeconds: 120,
    unmatchedFrames: 0,
    heldBackFrames: 0,
    notNumbers: 0,
    difference: { peakDb: null, rmsDb: null, at: null },
    correlation: 1,
    level: LEVEL,
    referenceLevel: LEVEL,
    response: bands(() => 0),
    ...other,
  };
}

function variant(
  name: string | null,
  times: Readonly<Record<string, number>>,
  others: Pick<VariantFigures, "peakMemoryMB" | "sound" | "results"> & Partial<VariantFigures>,
): VariantFigures {
  const stages = exampleRun.stages.map((stage) => ({
    name: stage.name,
    variant: name !== null && stage.name in times ? name : null,
    selfMs: times[stage.name] ?? stage.selfMs,
  }));
  const stagesMs = stages.reduce((sum, { selfMs }) => sum + selfMs, 0);
  const audioMs = SECONDS * 1000;
  return {
    name,
    stages,
    stagesMs,
    load: stagesMs / audioMs,
    speed: audioMs / stagesMs,
    refusals: [],
    ...others,
  };
}

/** Three implementations: `lanes` is faster and sounds the same, `draft` is faster still and can be heard. */
export const exampleRunWithVariants: Run = {
  ...exampleRun,
  variants: [
    variant(
      null,
      {},
      {
        peakMemoryMB: 143,
        sound: [comparison(64), comparison(500), comparison(4096)],
        results: { numbers: 2, largestDifference: 0, different: null },
      },
    ),
    variant(
      "lanes",
      { equaliser: 2610, limiter: 1740, envelope: 1540, spectrum: 4120 },
      {
        peakMemoryMB: 214,
        sound: [64, 500, 4096].map((blockFrames) =>
          comparison(blockFrames, {
            difference: { peakDb: -132.4, rmsDb: -150.2, at: 12.5 },
            response: bands((hertz) => Math.sin(hertz) * 0.0004),
          }),
        ),
        results: { numbers: 2, largestDifference: 8e-8, different: null },
      },
    ),
    variant(
      "draft",
      { equaliser: 2610, limiter: 610, compressor: 980, spectrum: 1310 },
      {
        peakMemoryMB: 121,
        sound: [64, 500, 4096].map((blockFrames) =>
          comparison(blockFrames, {
            difference: { peakDb: blockFrames === 64 ? -31.7 : -44.1, rmsDb: -58.3, at: 91.84 },
            correlation: 0.998712,
            level: { rmsDb: -18.4, peakDb: -0.42, crestDb: 17.98 },
            response: bands((hertz) =>
              hertz < 2000 ? 0.06 * Math.sin(Math.log(hertz) * 4) : -0.5 * Math.log2(hertz / 2000),
            ),
          }),
        ),
        results: { numbers: 2, largestDifference: 0.59, different: null },
      },
    ),
  ],
};
