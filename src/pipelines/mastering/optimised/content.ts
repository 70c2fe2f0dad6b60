import { LoudnessMeter, StereoSums, Stft, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { downmixer } from "../../shared/downmixer.ts";
import { spectralRise } from "../../shared/spectralRise.ts";
import {
  ANALYSIS_FRAME,
  ANALYSIS_HOP,
  contentFigures,
  finiteOrNull,
  noSums,
} from "../shared/contentFigures.ts";

/** As the plain one: each sample is looked at once, each magnitude once, and nothing is made in between. */
export const content: StageFactory = ({ sampleRate, channelCount, blockFrames, emit }) => {
  const sums = noSums();
  const mix = downmixer(blockFrames);
  const stft = new Stft({ size: ANALYSIS_FRAME, hop: ANALYSIS_HOP, output: "magnitude" });
  const before = new Float32Array(stft.binCount);
  const loudness = new LoudnessMeter({ sampleRate, channels: channelCount });
  const pair = new StereoSums();
  const halfSecond = Math.floor(sampleRate / 2);
  let squaresInHalf = 0;
  let squaresInHalfBefore = -1;
  let framesInHalf = 0;
  let signBefore = 0;

  /** @returns the channel's sum of squares from one frame to another */
  function addLevel(channel: Float32Array, from: number, to: number): number {
    let squares = 0;
    let { peak } = sums;
    for (let frame = from; frame < to; frame++) {
      const sample = channel[frame] ?? 0;
      const size = Math.abs(sample);
      squares += sample * sample;
      if (size > peak) peak = size;
    }
    sums.peak = peak;
    return squares;
  }

  function addStereo(left: Float32Array, right: Float32Array): number {
    pair.reset();
    pair.add(left, right);
    sums.peak = Math.max(sums.peak, pair.peak);
    if (!Number.isFinite(pair.leftRight)) return NaN;
    sums.leftLeft += pair.leftLeft;
    sums.rightRight += pair.rightRight;
    sums.leftRight += pair.leftRight;
    return pair.leftLeft + pair.rightRight;
  }

  /** The stretches of a block that lie in one half second each. */
  function addLevels(channels: readonly Float32Array[], frames: number): void {
    const [left, right] = channels;
    for (let from = 0; from < frames;) {
      const to = Math.min(frames, from + halfSecond - framesInHalf);
      let squares = 0;
      if (left && right && channels.length === 2)
        squares = addStereo(left.subarray(from, to), right.subarray(from, to));
      else for (const channel of channels) squares += addLevel(channel, from, to);
      squares = finiteOr(squares, 0);
      sums.squares += squares;
      squaresInHalf += squares;
      framesInHalf += to - from;
      from = to;
      if (framesInHalf === halfSecond) endHalf(channels.length);
    }
    sums.samples += frames * channels.length;
  }

  function endHalf(channels: number): void {
    if (squaresInHalfBefore >= 0)
      sums.powers.push((squaresInHalfBefore + squaresInHalf) / (2 * halfSecond * channels));
    squaresInHalfBefore = squaresInHalf;
    squaresInHalf = 0;
    framesInHalf = 0;
  }

  function addCrossings(mono: Float32Array): void {
    const bits = new Int32Array(mono.buffer, mono.byteOffset, mono.length);
    let crossings = 0;
    let was = sums.frames === 0 ? signOf(bits[0] ?? 0) : signBefore;
    for (let frame = 0; frame < bits.length; frame++) {
      const is = signOf(bits[frame] ?? 0);
      crossings += is ^ was;
      was = is;
    }
    signBefore = was;
    sums.crossings += crossings;
    sums.frames += mono.length;
  }

  function addFrame(magnitudes: Float32Array, index: number): void {
    const rise = spectralRise(before, magnitudes);
    if (!Number.isFinite(rise)) return;
    sums.flux.push(index === 0 ? 0 : rise);
    for (let bin = 0; bin < magnitudes.length; bin++)
      sums.magnitudes[bin] = (sums.magnitudes[bin] ?? 0) + (magnitudes[bin] ?? 0);
  }

  return {
    process(block) {
      const mono = mix(block);
      addLevels(block.channels, block.frames);
      addCrossings(mono);
      stft.push(mono, addFrame);
      loudness.push(block.channels);
    },
    finish() {
      emit("content", { ...contentFigures(sums, sampleRate, finiteOrNull(loudness.integrated)) });
    },
  };
};

/**
 * 1 for a number below 0, by the bits of its 32-bit form: nobody can guess the signs of noise, and a processor that guesses a
 * branch wrongly waits. Only −0 has a sign and nothing else.
 */
const signOf = (bits: number): number => (bits >>> 31) & (((bits << 1) | -(bits << 1)) >>> 31);
