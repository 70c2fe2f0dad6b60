import { Stft, windowFunction, type Block, type StageFactory } from "waveflame";
import { downmixer } from "../../shared/downmixer.ts";
import { LevelSmoother } from "../shared/levelSmoothing.ts";
import { spectrumBands, SPECTRUM_FRAME as SIZE, SPECTRUM_HOP as HOP } from "../shared/spectrumBands.ts";

/** Where a magnitude counts as nothing. */
const FLOOR = 1e-10;

/**
 * As the plain one, with window and bands in compiled loops, where the transforms are. It may begin in the middle of the recording: its
 * frames lie where they would lie from the beginning on, and those that end before its own segment are left to the one before.
 */
export const spectrum: StageFactory = ({ sampleRate, blockFrames, emit }) => {
  const bands = spectrumBands(sampleRate);
  const stft = new Stft({ size: SIZE, hop: HOP, output: "magnitude", bands });
  const smoother = new LevelSmoother(bands.length);
  const levels = new Float64Array(bands.length);
  const mix = downmixer(blockFrames);
  // A sine at full scale comes to 0 dB.
  const scale = 2 / windowFunction("hann", SIZE).reduce((sum, weight) => sum + weight, 0);
  /** Where the first frame begins, in the recording. */
  let start = -1;
  let segmentStart = 0;

  function addFrame(means: Float32Array, index: number): void {
    if (start + index * HOP + SIZE <= segmentStart) return;
    means.forEach((mean, band) => {
      levels[band] = 20 * Math.log10(Math.max(mean * scale, FLOOR)) + (bands[band]?.weightDb ?? 0);
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
      add(block, mix(block));
    },
    finish() {
      emit("spectrum of a stretch", { ...smoother.stretch });
    },
  };
};
