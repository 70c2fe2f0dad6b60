import type { Frames, Hertz, Load, Milliseconds, Seconds, Speed } from "../units.ts";

/** A variant of a pipeline on a recording: what it costs, and whether it sounds the same. */
export interface VariantFigures {
  /** Null: every stage as written. The others sound like this one or not. */
  readonly name: string | null;
  /** Busy time of all stages. */
  readonly stagesMs: Milliseconds;
  readonly load: Load;
  readonly speed: Speed | null;
  /** Of the engine's process and its children, at its highest. */
  readonly peakMemoryMB: number;
  readonly stages: readonly VariantStage[];
  /** One for each block size that it runs in. */
  readonly sound: readonly SoundComparison[];
  readonly refusals: readonly BlockSizeRefusal[];
  readonly results: ResultsComparison;
}

/** What a variant emitted, beside what the pipeline as written did. */
export interface ResultsComparison {
  /** How many numbers were compared. */
  readonly numbers: number;
  /** The largest difference of two, as a part of the largest number under their name; 0 where all are the same. */
  readonly largestDifference: number;
  /** Where they differ in more than numbers: `onset: 12 instead of 13`. */
  readonly different: string | null;
}

export interface VariantStage {
  readonly name: string;
  /** Null: as written. */
  readonly variant: string | null;
  readonly selfMs: Milliseconds;
}

/** A block size that a variant can't run in. */
export interface BlockSizeRefusal {
  readonly blockFrames: Frames;
  /** A sentence. */
  readonly reason: string;
}

/** What a variant puts out, beside what the pipeline as written puts out at its own block size. */
export interface SoundComparison {
  readonly blockFrames: Frames;
  /** From the beginning of the recording. */
  readonly comparedSeconds: Seconds;
  /** Put out by only one of the two. */
  readonly unmatchedFrames: Frames;
  /** Frames at the end that only one put out, because the other one is late and keeps them back. */
  readonly heldBackFrames: Frames;
  /** Samples that are no finite number in one of the two and something else in the other; they count as silence in both. */
  readonly notNumbers: number;
  readonly difference: SoundDifference;
  /** 1 for the same sound at any level; null where one of them is silent. */
  readonly correlation: number | null;
  readonly level: SoundLevel;
  readonly referenceLevel: SoundLevel;
  /** By third octaves in which the reference sounds. */
  readonly response: readonly ResponseBand[];
}

/** In dBFS; null: no difference at all. */
export interface SoundDifference {
  readonly peakDb: number | null;
  readonly rmsDb: number | null;
  /** Where it is largest. */
  readonly at: Seconds | null;
}

/** In dBFS, the crest factor in dB; null of silence. */
export interface SoundLevel {
  readonly rmsDb: number | null;
  readonly peakDb: number | null;
  readonly crestDb: number | null;
}

export interface ResponseBand {
  /** The band's centre. */
  readonly frequency: Hertz;
  /** By how much the variant is louder there. */
  readonly differenceDb: number;
}

/** A difference below this is taken for none: the noise of converters hides it. */
export const SAME_BELOW_DBFS = -120;

export type SoundVerdict = "identical" | "same" | "differs";

/** @returns what holds at every block size; null where nothing was compared */
export function verdictOf(sound: readonly SoundComparison[]): SoundVerdict | null {
  if (sound.length === 0) return null;
  const verdicts = sound.map(verdictAt);
  if (verdicts.includes("differs")) return "differs";
  return verdicts.includes("same") ? "same" : "identical";
}

export function verdictAt({ difference, unmatchedFrames, notNumbers }: SoundComparison): SoundVerdict {
  if (unmatchedFrames > 0 || notNumbers > 0) return "differs";
  if (difference.peakDb === null) return "identical";
  return difference.peakDb < SAME_BELOW_DBFS ? "same" : "differs";
}
