import { formatSeconds } from "../format.ts";
import type { PassKind, Run } from "./run.ts";
import { framesToSeconds, type Seconds } from "../units.ts";

/**
 * How much of the recording a pass went through: a cancel ends the timed pass early, and the one of a worker alone stops
 * by itself after some seconds. All of it where the pass had only file stages, which get the recording whole.
 */
export function measuredSeconds({ passes, audio }: Run, kind: PassKind): Seconds {
  const frames = passes.find((pass) => pass.kind === kind)?.frames ?? 0;
  return framesToSeconds(frames > 0 ? frames : audio.frames, audio.sampleRate);
}

/** `2 min 24 s of audio`; `the first 9.60 s of audio` where the pass ended before the recording did. */
export function measuredStretch(run: Run, kind: PassKind): string {
  const seconds = measuredSeconds(run, kind);
  const words = `${formatSeconds(seconds)} of audio`;
  return seconds < run.audio.durationSeconds ? `the first ${words}` : words;
}

/** True where one worker was measured by itself, so that several can be compared with it. */
export function wasMeasuredAlone({ passes, totals }: Run): boolean {
  return totals.deadline !== null && passes.some(({ kind }) => kind === "alone");
}
