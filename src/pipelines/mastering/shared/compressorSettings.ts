import type { Parameters } from "waveflame";
import { lookaheadFrames } from "./lookahead.ts";
import { numberOf, wrong } from "../../shared/parameters.ts";

export const COMPRESSOR = {
  thresholdDb: -18,
  ratio: 4,
  kneeDb: 2,
  makeupDb: 0,
  attackMs: 10,
  releaseMs: 100,
  lookaheadMs: 5,
  /** `peak`; `rms`, the root of the mean square; or `hybrid`, 0.7 of this and 0.3 of that. */
  detector: "peak",
  averagingMs: 10,
};

const RMS_SHARES = { peak: 0, hybrid: 0.7, rms: 1 };
export type Detector = keyof typeof RMS_SHARES;

export interface CompressorSettings extends Omit<typeof COMPRESSOR, "detector"> {
  readonly detector: Detector;
  /** How much of the level the mean square makes up. */
  readonly rmsShare: number;
  readonly lookaheadFrames: number;
}

/** @throws ParameterError for a parameter that makes no compressor */
export function compressorSettings(parameters: Parameters, sampleRate: number): CompressorSettings {
  const number = (name: string, least?: number): number => numberOf(parameters, name, least);
  const detector = detectorOf(parameters);
  const lookaheadMs = number("lookaheadMs", 0);
  return {
    thresholdDb: number("thresholdDb"),
    ratio: number("ratio", 1),
    kneeDb: number("kneeDb", 0),
    makeupDb: number("makeupDb"),
    attackMs: number("attackMs", 0),
    releaseMs: number("releaseMs", 0),
    averagingMs: number("averagingMs", 0),
    lookaheadMs,
    detector,
    rmsShare: RMS_SHARES[detector],
    lookaheadFrames: lookaheadFrames({ parameters, sampleRate }),
  };
}

function detectorOf(parameters: Parameters): Detector {
  const name = parameters["detector"];
  if (name === "peak" || name === "rms" || name === "hybrid") return name;
  throw wrong(parameters, "detector", "peak, rms or hybrid");
}
