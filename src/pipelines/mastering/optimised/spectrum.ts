import { BatchFft, windowFunction, type Block, type StageFactory } from "waveflame";
import { downmixer } from "../../shared/downmixer.ts";
import { numberOf } from "../../shared/parameters.ts";
import { LevelSmoother } from "../shared/levelSmoothing.ts";
import { spectrumBands, SPECTRUM_FRAME as SIZE, SPECTRUM_HOP as HOP } from "../shared/spectrumBands.ts";

/** Where a magnitude counts as nothing. */
const FLOOR = 1e-10;

/**
 * As the plain one, several frames in one batch of transforms. It may begin in the middle of the recording: its frames lie
 * where they would lie from the beginning on, and those that end before its own segment are left to the one before.
 */
export const spectrum: StageFactory = ({ sampleRate, blockFrames, parameters, emit }) => {
  const rows = Math.max(1, Math.floor(numberOf(parameters, "parallelChunkSize") / HOP));
  const fft = new BatchFft(SIZE);
  const window = Float32Array.from(windowFunction("hann", SIZE));
  const bands = spectrumBands(sampleRate);
  const smoother = new LevelSmoother(bands.length);
  const mix = downmixer(blockFrames);
  // A sine at full scale comes to 0 dB.
  const scale = 2 / window.reduce((sum, weight) => sum + weight, 0);

  const sound = new Float32Array(SIZE - HOP + rows * HOP);
  const frames = new Float32Array(rows * SIZE);
  const spectra = new Float32Array(rows * 2 * fft.binCount);
  const levels = new Float64Array(bands.length);
  /** Where `sound` begins, in the recording, and how much of it has come. */
  let start = -1;
  let filled = 0;
  let segmentStart = 0;

  function take({ startFrame, warmUp }: Block, mono: Float32Array): void {
    if (warmUp) segmentStart = startFrame + mono.length;
    if (start < 0) start = Math.ceil(startFrame / HOP) * HOP;
    for (let from = Math.max(0, start - startFrame); from < mono.length;) {
      const count = Math.min(mono.length - from, sound.length - filled);
      sound.set(mono.subarray(from, from + count), filled);
      filled += count;
      from += count;
      if (filled === sound.length) analyse(rows);
    }
  }

  function analyse(count: number): void {
    for (let row = 0; row < count; row++) {
      for (let n = 0, from = row * HOP, to = row * SIZE; n < SIZE; n++)
        frames[to + n] = (sound[from + n] ?? 0) * (window[n] ?? 0);
    }
    fft.forward(frames.subarray(0, count * SIZE), spectra.subarray(0, count * 2 * fft.binCount));
    for (let row = 0; row < count; row++) {
      if (start + row * HOP + SIZE > segmentStart) addFrame(spectra.subarray(row * 2 * fft.binCount));
    }
    sound.copyWithin(0, count * HOP);
    filled -= count * HOP;
    start += count * HOP;
  }

  function addFrame(bins: Float32Array): void {
    for (const [band, { from, to, weightDb }] of bands.entries()) {
      let sum = 0;
      for (let at = 2 * from; at < 2 * to; at += 2) {
        const re = bins[at] ?? 0;
        const im = bins[at + 1] ?? 0;
        sum += Math.sqrt(re * re + im * im);
      }
      levels[band] = 20 * Math.log10(Math.max((sum * scale) / (to - from), FLOOR)) + weightDb;
    }
    smoother.add(levels);
  }

  return {
    process(block) {
      take(block, mix(block));
    },
    finish() {
      const rest = Math.floor((filled - SIZE) / HOP) + 1;
      if (rest > 0) analyse(rest);
      emit("spectrum of a stretch", { ...smoother.stretch });
    },
  };
};
