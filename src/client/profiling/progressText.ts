import { formatAbout, formatCount, formatPosition } from "../../core/format.ts";
import type { Phase, Progress, ProgressStep } from "../../protocol/engine.ts";
import type { Translate } from "../translate.ts";

/** `timing, stage envelope, segment 2 of 6, 0:12.0 of 1:00.0, about 4 s left` */
export function progressOf(progress: Progress, t: Translate): string {
  const { phase, stage, segment, segments, audioSeconds, totalSeconds, leftSeconds, step } = progress;
  const parts = phase === "listening" && step ? [] : [phaseInWords(phase, t)];
  if (step) parts.unshift(phase === "listening" ? renderingInWords(step, t) : variantInWords(step, t));
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

function variantInWords({ variant, number, of }: ProgressStep, t: Translate): string {
  const name = variant ?? t("as written");
  return of === null ? name : t("variant {0} of {1}: {2}", number, of, name);
}

function renderingInWords({ variant, blockFrames }: ProgressStep, t: Translate): string {
  const name = variant ?? t("as written");
  return blockFrames === null
    ? t("comparing the sound: {0}", name)
    : t("comparing the sound: {0} in blocks of {1}", name, formatCount(blockFrames));
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
    case "probe":
      return t("looking for what slows single blocks");
    case "sampled":
      return t("sampling the lines");
    case "allocations":
      return t("looking at what is allocated");
    case "counted":
      return t("counting how often lines run");
    case "listening":
      return t("comparing the sound of the variants");
    case "finishing":
      return t("putting the figures together");
  }
}

/** How much of the bar is done, 0–1; the passes after the first one take what is left of it. */
export function partDone({ phase, audioSeconds, totalSeconds, step, part }: Progress): number {
  if (part !== undefined) return part;
  const within = totalSeconds > 0 ? Math.min(1, audioSeconds / totalSeconds) : 0;
  if (phase === "listening" && step?.of) return (step.number - 1 + within) / step.of;
  const [from, to] = BAR[phase];
  return from + (to - from) * within;
}

const BAR: Readonly<Record<Phase, readonly [number, number]>> = {
  decoding: [0, 0.05],
  loading: [0.05, 0.07],
  timed: [0.07, 0.5],
  alone: [0.5, 0.6],
  probe: [0.6, 0.65],
  sampled: [0.65, 0.85],
  allocations: [0.85, 0.9],
  counted: [0.9, 0.95],
  listening: [0, 1],
  finishing: [0.95, 1],
};
