import { formatAbout, formatPosition } from "../core/format.ts";
import type { Phase, Progress } from "../protocol/engine.ts";
import type { Translate } from "./translate.ts";

/** `timing, stage envelope, segment 2 of 6, 0:12.0 of 1:00.0, about 4 s left` */
export function progressOf(progress: Progress, t: Translate): string {
  const { phase, stage, segment, segments, audioSeconds, totalSeconds, leftSeconds } = progress;
  const parts = [phaseInWords(phase, t)];
  if (stage !== null) parts.push(t("stage {0}", stage));
  // Sampling goes through the same audio many times: a position in it would jump about.
  const advances = phase === "decoding" || phase === "timed" || phase === "alone";
  if (segments > 0 && advances && phase !== "decoding")
    parts.push(t("segment {0} of {1}", segment, segments));
  if (totalSeconds > 0 && advances)
    parts.push(t("{0} of {1}", formatPosition(audioSeconds), formatPosition(totalSeconds)));
  if (leftSeconds !== null) parts.push(t("about {0} left", formatAbout(leftSeconds)));
  return parts.join(", ");
}

function phaseInWords(phase: Phase, t: Translate): string {
  switch (phase) {
    case "decoding":
      return t("decoding the recording");
    case "loading":
      return t("loading the pipeline");
    case "timed":
      return t("timing");
    case "alone":
      return t("one worker alone, for the deadlines");
    case "sampled":
      return t("sampling the lines");
    case "listening":
      return t("comparing the sound of the variants");
    case "finishing":
      return t("putting the figures together");
  }
}

/** How much of the bar is done, 0–1; the passes after the first one take what is left of it. */
export function partDone({ phase, audioSeconds, totalSeconds }: Progress): number {
  const within = totalSeconds > 0 ? Math.min(1, audioSeconds / totalSeconds) : 0;
  const [from, to] = BAR[phase];
  return from + (to - from) * within;
}

const BAR: Readonly<Record<Phase, readonly [number, number]>> = {
  decoding: [0, 0.05],
  loading: [0.05, 0.07],
  timed: [0.07, 0.5],
  alone: [0.5, 0.65],
  sampled: [0.65, 0.95],
  listening: [0, 1],
  finishing: [0.95, 1],
};
