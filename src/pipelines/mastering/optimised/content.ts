import {
  Downmixer,
  FluxMeter,
  LoudnessMeter,
  StereoSums,
  ZeroCrossingCounter,
  type StageFactory,
} from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import {
  ANALYSIS_FRAME,
  ANALYSIS_HOP,
  contentFigures,
  finiteOrNull,
  noSums,
} from "../shared/contentFigures.ts";

/** As the plain one: each sample is looked at once, each magnitude once, and nothing is made in between. */
export const content: StageFactory = ({ sampleRate, channelCount, emit }) => {
  const sums = noSums();
  const downmixer = new Downmixer();
  const spectra = new FluxMeter({ size: ANALYSIS_FRAME, hop: ANALYSIS_HOP });
  const loudness = new LoudnessMeter({ sampleRate, channels: channelCount });
  const pair = new StereoSums();
  const crossings = new ZeroCrossingCounter();
  const halfSecond = Math.floor(sampleRate / 2);
  let squaresInHalf = 0;
  let squaresInHalfBefore = -1;
  let framesInHalf = 0;

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

  function addFlux(flux: number): void {
    if (Number.isFinite(flux)) sums.flux.push(flux);
  }

  return {
    process(block) {
      const mono = downmixer.mix(block.channels);
      addLevels(block.channels, block.frames);
      crossings.add(mono);
      sums.frames += mono.length;
      spectra.push(mono, addFlux);
      loudness.push(block.channels);
    },
    finish() {
      sums.crossings = crossings.count;
      sums.magnitudes.set(spectra.magnitudeSums);
      emit("content", { ...contentFigures(sums, sampleRate, finiteOrNull(loudness.integrated)) });
    },
  };
};
