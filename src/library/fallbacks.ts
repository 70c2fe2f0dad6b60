/** A fast path that wasn't to be had, and what was taken instead. */
export interface Fallback {
  /** What was asked for: `pffft`, `compiled loops`. */
  readonly wanted: string;
  /** What runs now: `the TypeScript FFT`. */
  readonly taken: string;
  readonly reason: string;
}

const taken = new Map<string, Fallback>();

/** Remembers a fallback, once for each thing wanted; the profiler writes them into the run. */
export function noteFallback(fallback: Fallback): void {
  if (!taken.has(fallback.wanted)) taken.set(fallback.wanted, fallback);
}

/** Those taken in this thread so far. */
export const takenFallbacks = (): readonly Fallback[] => [...taken.values()];
