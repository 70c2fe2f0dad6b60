import { definePipeline, type Stage, type StageFactory } from "waveflame";
import { byWay, FAST_WAYS } from "../shared/fastWays.ts";
import { REPORT } from "../shared/reportSettings.ts";
import * as optimised from "./optimised/index.ts";
import * as plain from "./plain/index.ts";
import { checkReport, report } from "./report.ts";

/**
 * What speech and music recognisers begin with: energy, spectra and what is told from them. Every stage has two
 * implementations, `plain` and the one as written here, as in the mastering pipeline.
 */
export default definePipeline({
  name: "Features and energy",
  blockFrames: 4096,
  stages: {
    energy: feature(optimised.energy, plain.energy),
    centroid: feature(optimised.centroid, plain.centroid),
    mfcc: feature(optimised.mfcc, plain.mfcc),
    spectrogram: feature(optimised.spectrogram, plain.spectrogram),
    "batch spectra": feature(optimised.batchSpectra, plain.batchSpectra),
    onsets: feature(optimised.onsets, plain.onsets),
    report: { scope: "file", create: report, check: checkReport, readsAudio: false, parameters: REPORT },
  },
});

function feature(quick: StageFactory, textbook: StageFactory): Stage {
  return {
    create: byWay("enableVectorization", quick, textbook),
    variants: { plain: textbook },
    parameters: FAST_WAYS,
  };
}
