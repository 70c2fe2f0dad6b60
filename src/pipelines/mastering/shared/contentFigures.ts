import { findPeaks, spectralCentroid, spectralRolloff, toDecibels } from "waveflame";

/** What content analysis adds up over a recording. */
export interface ContentSums {
  /** Of all channels together. */
  samples: number;
  squares: number;
  peak: number;
  /** Of the mean of the channels: how many frames, and how often it changes its sign. */
  frames: number;
  crossings: number;
  /** Of the first two channels. */
  leftLeft: number;
  rightRight: number;
  leftRight: number;
  /** Each bin's magnitude, summed over the frames of the transform. */
  readonly magnitudes: Float64Array;
  /** By how much the magnitudes rose from one frame to the next. */
  readonly flux: number[];
  /** Mean squares of windows of a second. */
  readonly powers: number[];
}

export const ANALYSIS_FRAME = 1024;
export const ANALYSIS_HOP = 512;

export const noSums = (): ContentSums => ({
  samples: 0,
  squares: 0,
  peak: 0,
  frames: 0,
  crossings: 0,
  leftLeft: 0,
  rightRight: 0,
  leftRight: 0,
  magnitudes: new Float64Array(ANALYSIS_FRAME / 2 + 1),
  flux: [],
  powers: [],
});

/** Windows more quiet than this, in dBFS, say nothing about dynamics. */
const QUIET_DB = -70;
const SLOWEST_BPM = 60;
const FASTEST_BPM = 200;

/** Null for what a silent or a short recording doesn't have. */
export interface ContentFigures {
  rmsDb: number | null;
  peakDb: number | null;
  crestDb: number | null;
  centroidHz: number | null;
  /** Below it lie 85 % of the energy. */
  rolloffHz: number | null;
  /** Crossings over twice the number of frames. */
  zeroCrossingRate: number;
  tempoBpm: number | null;
  /** 0 for mono, 1 for channels that have nothing in common. */
  stereoWidth: number;
  /** Integrated, by ITU-R BS.1770. */
  loudnessLufs: number | null;
  dynamicRangeDb: number | null;
  energy: "high" | "medium" | "low";
}

/** @param loudnessLufs of the whole recording */
export function contentFigures(
  sums: ContentSums,
  sampleRate: number,
  loudnessLufs: number | null,
): ContentFigures {
  const rms = Math.sqrt(sums.squares / Math.max(1, sums.samples));
  const hasSound = sums.peak > 0;
  const hertzPerBin = sampleRate / ANALYSIS_FRAME;
  const powers = sums.magnitudes.map((magnitude) => magnitude ** 2);
  return {
    rmsDb: hasSound ? toDecibels(rms) : null,
    peakDb: hasSound ? toDecibels(sums.peak) : null,
    crestDb: hasSound ? toDecibels(sums.peak / rms) : null,
    centroidHz: hasSound ? spectralCentroid(sums.magnitudes, hertzPerBin) : null,
    rolloffHz: hasSound ? spectralRolloff(powers, hertzPerBin) : null,
    zeroCrossingRate: sums.crossings / (2 * Math.max(1, sums.frames)),
    tempoBpm: tempo(sums.flux, ANALYSIS_HOP / sampleRate),
    stereoWidth: width(sums),
    loudnessLufs,
    dynamicRangeDb: dynamicRange(sums.powers),
    energy: rms > 0.3 ? "high" : rms > 0.1 ? "medium" : "low",
  };
}

/** Null for the loudness of silence. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** 1 − |correlation|: 0 for mono, 1 for channels that have nothing in common. */
function width({ leftLeft, rightRight, leftRight }: ContentSums): number {
  const energy = Math.sqrt(leftLeft * rightRight);
  return energy > 0 ? 1 - Math.abs(leftRight / energy) : 0;
}

/** In dB, from the level that a tenth of the windows stay below to the one that a twentieth exceed. */
function dynamicRange(powers: readonly number[]): number | null {
  const levels = powers.map((power) => 10 * Math.log10(power)).filter((level) => level > QUIET_DB);
  if (levels.length === 0) return null;
  levels.sort((a, b) => a - b);
  return quantile(levels, 0.95) - quantile(levels, 0.1);
}

/** Between two values: in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place % 1);
}

/** Beats per minute, from the usual distance between the onsets that stand out; null where there are fewer than two. */
function tempo(flux: readonly number[], secondsPerFrame: number): number | null {
  const mean = flux.reduce((sum, value) => sum + value, 0) / flux.length;
  const variance = flux.reduce((sum, value) => sum + (value - mean) ** 2, 0) / flux.length;
  const onsets = findPeaks(flux, { height: mean + 0.5 * Math.sqrt(variance) });
  const distances = onsets.slice(1).map((frame, index) => frame - (onsets[index] ?? 0));
  if (distances.length === 0) return null;
  distances.sort((a, b) => a - b);
  let beats = 60 / (quantile(distances, 0.5) * secondsPerFrame);
  while (beats < SLOWEST_BPM) beats *= 2;
  while (beats > FASTEST_BPM) beats /= 2;
  return beats;
}
