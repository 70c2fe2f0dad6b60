import { ParameterError, type Parameters } from "waveflame";
import { booleanOf, numberOf } from "../../shared/parameters.ts";
import { lookaheadFrames } from "./lookahead.ts";

export const LIMITER = {
  ceilingDb: -1,
  lookaheadMs: 5,
  releaseMs: 50,
  /** Looks between the samples, too. */
  truePeak: true,
};

export interface LimiterSettings extends Readonly<typeof LIMITER> {
  readonly latencyFrames: number;
}

/** With less the gain would move while a true peak passes. */
const SHORTEST_FOR_TRUE_PEAKS = 40;

/** @throws ParameterError for a parameter that makes no limiter */
export function limiterSettings(parameters: Parameters, sampleRate: number): LimiterSettings {
  const truePeak = booleanOf(parameters, "truePeak");
  const lookaheadMs = numberOf(parameters, "lookaheadMs", 0);
  const latencyFrames = lookaheadFrames({ parameters, sampleRate });
  if (truePeak && latencyFrames < SHORTEST_FOR_TRUE_PEAKS)
    throw new ParameterError(
      `lookaheadMs is ${lookaheadMs}, too short for true peaks: give ${shortestMs(sampleRate)} or more, or make truePeak false`,
    );
  return {
    ceilingDb: numberOf(parameters, "ceilingDb"),
    lookaheadMs,
    releaseMs: numberOf(parameters, "releaseMs", 0),
    truePeak,
    latencyFrames,
  };
}

/** Rounded up to hundredths. */
const shortestMs = (sampleRate: number): number =>
  Math.ceil((SHORTEST_FOR_TRUE_PEAKS / sampleRate) * 1e5) / 100;
