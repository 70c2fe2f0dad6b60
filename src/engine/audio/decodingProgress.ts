import type { Progress } from "../../protocol/engine.ts";
import type { SpoolOptions } from "./spool.ts";

const TELL_EVERY_MS = 100;

/** Tells how far the decoding is, but not for every piece. */
export function decodingProgress(onProgress: (progress: Progress) => void): SpoolOptions["onProgress"] {
  const began = performance.now();
  let told = -Infinity;
  return (decoded, share) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    onProgress({
      phase: "decoding",
      stage: null,
      segment: 1,
      segments: 1,
      audioSeconds: decoded,
      totalSeconds: share ? decoded / share : 0,
      leftSeconds: share ? ((now - began) / 1000) * (1 / share - 1) : null,
    });
  };
}
