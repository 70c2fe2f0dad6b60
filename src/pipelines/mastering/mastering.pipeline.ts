import { definePipeline, type Recording } from "waveflame";
import { byWay, FAST_WAYS, takes } from "../shared/fastWays.ts";
import * as optimised from "./optimised/index.ts";
import * as plain from "./plain/index.ts";
import { checkReport, report } from "./report.ts";
import { COMPRESSOR } from "./shared/compressorSettings.ts";
import { EQUALISER_FRAME } from "./shared/equaliserFrames.ts";
import { LIMITER } from "./shared/limiterSettings.ts";
import { lookaheadFrames } from "./shared/lookahead.ts";
import { OUTPUT } from "./shared/outputSettings.ts";
import { numberOf } from "../shared/parameters.ts";
import { REPORT } from "../shared/reportSettings.ts";
import { SPECTRUM_FRAME, SPECTRUM_HOP } from "./shared/spectrumBands.ts";

/**
 * Listens to a recording and masters it. Every stage has two implementations that sound the same: `plain`, as a textbook
 * has it, and the one as written here, which takes the fast ways that the settings `waveflame.pipeline.*` allow. What is
 * put out, and compared between variants, comes before the output's gain: the report applies it to the file that it writes.
 */
export default definePipeline({
  name: "Mastering",
  blockFrames: 4096,
  stages: {
    content: {
      create: byWay("enableVectorization", optimised.content, plain.content),
      variants: { plain: plain.content },
      parameters: FAST_WAYS,
    },
    spectrum: {
      create: byWay("enableVectorization", optimised.spectrum, plain.spectrum),
      // Long recordings are shared among the workers.
      warmUp: spectrumWarmUp,
      variants: { plain: { create: plain.spectrum, warmUp: undefined } },
      parameters: FAST_WAYS,
    },
    equaliser: {
      create: byWay("enableVectorization", optimised.equaliser, plain.equaliser),
      latencyFrames: EQUALISER_FRAME,
      variants: { plain: plain.equaliser },
      parameters: { ...FAST_WAYS, amount: 1 },
    },
    envelope: {
      create: byWay("useCompiledLoops", optimised.envelope, plain.envelope),
      variants: { plain: plain.envelope },
      parameters: { ...FAST_WAYS, attackMs: 10, releaseMs: 100 },
    },
    compressor: {
      create: byWay("useCompiledLoops", optimised.compressor, plain.compressor),
      latencyFrames: lookaheadFrames,
      variants: { plain: plain.compressor },
      parameters: { ...FAST_WAYS, ...COMPRESSOR },
    },
    limiter: {
      create: byWay("useCompiledLoops", optimised.limiter, plain.limiter),
      latencyFrames: lookaheadFrames,
      variants: { plain: plain.limiter },
      parameters: { ...FAST_WAYS, ...LIMITER },
    },
    output: {
      create: byWay("enableVectorization", optimised.output, plain.output),
      variants: { plain: plain.output },
      parameters: { ...FAST_WAYS, ...OUTPUT },
    },
    report: {
      scope: "file",
      create: report,
      check: checkReport,
      readsAudio: ({ parameters }) => parameters["wav"] !== "",
      parameters: { ...REPORT, wav: "", bits: 24 },
    },
  },
});

/** A frame of the spectrum needs all its samples, and frames lie on a grid. */
function spectrumWarmUp({ durationSeconds, sampleRate, parameters }: Recording): number | undefined {
  const isLong = durationSeconds > numberOf(parameters, "spectrumParallelThresholdSeconds");
  const isParallel = takes("enableVectorization", parameters) && takes("useParallelSpectrum", parameters);
  return isLong && isParallel ? (SPECTRUM_FRAME + SPECTRUM_HOP) / sampleRate : undefined;
}
