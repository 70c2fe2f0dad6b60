import {
  DecibelConverter,
  Downmixer,
  Stft,
  toDecibels,
  windowFunction,
  type Block,
  type StageFactory,
} from "waveflame";
import { LevelSmoother } from "../shared/levelSmoothing.ts";
import { spectrumBands, SPECTRUM_FRAME as SIZE, SPECTRUM_HOP as HOP } from "../shared/spectrumBands.ts";

/** Where a magnitude counts as nothing. */
const FLOOR = 1e-10;

/**
 * As the plain one, with window, bands and levels in compiled loops, where the transforms are. It may begin in the middle of the recording: its
 * frames lie where they would lie from the beginning on, and those that end before its own segment are left to the one before.
 */
export const spectrum: StageFactory = ({ sampleRate, emit }) => {
  const bands = spectrumBands(sampleRate);
  const stft = new Stft({ size: SIZE, hop: HOP, output: "magnitude", bands });
  const smoother = new LevelSmoother(bands.length);
  const levels = new Float32Array(bands.length);
  const downmixer = new Downmixer();
  // A sine at full scale comes to 0 dB.
  const fullScaleDb = toDecibels(windowFunction("hann", SIZE).reduce((sum, weight) => sum + weight, 0) / 2);
  const decibels = new DecibelConverter({ floor: toDecibels(FLOOR) + fullScaleDb });
  /** Where the first frame begins, in the recording. */
  let start = -1;
  let segmentStart = 0;

  function addFrame(means: Float32Array, index: number): void {
    if (start + index * HOP + SIZE <= segmentStart) return;
    decibels.convert(means, levels);
    bands.forEach(({ weightDb }, band) => {
      levels[band] = (levels[band] ?? 0) - fullScaleDb + weightDb;
    });
    smoother.add(levels);
  }

  function add({ startFrame, warmUp, frames }: Block, mono: Float32Array): void {
    if (warmUp) segmentStart = startFrame + frames;
    if (start < 0) start = Math.ceil(startFrame / HOP) * HOP;
    stft.push(mono.subarray(Math.max(0, start - startFrame)), addFrame);
  }

  return {
    process(block) {
      add(block, downmixer.mix(block.channels));
    },
    finish() {
      emit("spectrum of a stretch", { ...smoother.stretch });
    },
  };
};
