import { formatPosition, formatSeconds } from "../core/format.ts";
import type { Progress } from "../protocol/engine.ts";

const PHASES: Readonly<Record<Progress["phase"], string>> = {
  loading: "loading the pipeline",
  timed: "timing",
  alone: "one worker alone, for the deadlines",
  sampled: "sampling the lines",
  finishing: "putting the figures together",
};

/** `timing, stage envelope, segment 2 of 6, 0:12.0 of 1:00.0, about 3.20 s left` */
export function progressOf(progress: Progress): string {
  const { phase, stage, segment, segments, audioSeconds, totalSeconds, leftSeconds } = progress;
  const parts = [PHASES[phase]];
  if (stage !== null) parts.push(`stage ${stage}`);
  // Sampling goes through the same audio many times: a position in it would jump about.
  const advances = phase === "timed" || phase === "alone";
  if (segments > 0 && advances) parts.push(`segment ${segment} of ${segments}`);
  if (totalSeconds > 0 && advances)
    parts.push(`${formatPosition(audioSeconds)} of ${formatPosition(totalSeconds)}`);
  if (leftSeconds !== null) parts.push(`about ${formatSeconds(leftSeconds)} left`);
  return parts.join(", ");
}

/** How much of the bar is done, 0–1; the passes after the first one take what is left of it. */
export function partDone({ phase, audioSeconds, totalSeconds }: Progress): number {
  const within = totalSeconds > 0 ? Math.min(1, audioSeconds / totalSeconds) : 0;
  const [from, to] = BAR[phase];
  return from + (to - from) * within;
}

const BAR: Readonly<Record<Progress["phase"], readonly [number, number]>> = {
  loading: [0, 0.02],
  timed: [0.02, 0.5],
  alone: [0.5, 0.65],
  sampled: [0.65, 0.95],
  finishing: [0.95, 1],
};
