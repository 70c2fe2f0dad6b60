import type { Recording } from "waveflame";
import { numberOf } from "../../shared/parameters.ts";

/** The sound comes out so many frames later: for so long the gain knows what is coming. */
export const lookaheadFrames = ({
  parameters,
  sampleRate,
}: Pick<Recording, "parameters" | "sampleRate">): number =>
  Math.round(numberOf(parameters, "lookaheadMs", 0) * 1e-3 * sampleRate);
