import { Framer, LoudnessMeter, RealFft, spectralFlux, windowFunction, type StageFactory } from "waveflame";
import { finiteOr } from "../../shared/finite.ts";
import { downmix } from "../../shared/downmix.ts";
import { windowed } from "../../shared/windowed.ts";
import {
  ANALYSIS_FRAME,
  ANALYSIS_HOP,
  contentFigures,
  finiteOrNull,
  noSums,
} from "../shared/contentFigures.ts";

/**
 * What kind of sound this is: level, tone, tempo, width, loudness, dynamics. The sound stays as it is; samples that are no
 * numbers are left out.
 */
export const content: StageFactory = ({ sampleRate, channelCount, emit }) => {
  const sums = noSums();
  const fft = new RealFft(ANALYSIS_FRAME, { precision: "double" });
  const window = windowFunction("hann", ANALYSIS_FRAME);
  const framer = new Framer({ size: ANALYSIS_FRAME, hop: ANALYSIS_HOP });
  const loudness = new LoudnessMeter({ sampleRate, channels: channelCount, compiled: false });
  const powers = new WindowPowers(sampleRate);
  let before: Float64Array | undefined;
  let wasPositive = true;

  function addLevel(channel: Float32Array): void {
    for (const sample of channel) {
      if (!Number.isFinite(sample)) continue;
      sums.squares += sample ** 2;
      sums.peak = Math.max(sums.peak, Math.abs(sample));
    }
    sums.samples += channel.length;
  }

  function addCrossings(mono: Float32Array): void {
    for (const sample of mono) {
      const isPositive = sample >= 0;
      if (isPositive !== wasPositive && sums.frames > 0) sums.crossings += 1;
      wasPositive = isPositive;
      sums.frames += 1;
    }
  }

  function addWidth(left: Float32Array, right: Float32Array): void {
    left.forEach((l, frame) => {
      const r = right[frame] ?? 0;
      if (!Number.isFinite(l + r)) return;
      sums.leftLeft += l * l;
      sums.rightRight += r * r;
      sums.leftRight += l * r;
    });
  }

  function addFrame(frame: Float32Array): void {
    const magnitudes = fft.magnitudes(windowed(frame, window));
    if (!magnitudes.every(Number.isFinite)) return;
    magnitudes.forEach((magnitude, bin) => (sums.magnitudes[bin] = (sums.magnitudes[bin] ?? 0) + magnitude));
    sums.flux.push(before ? spectralFlux(before, magnitudes) : 0);
    before = magnitudes;
  }

  return {
    process(block) {
      const mono = downmix(block);
      const [left, right] = block.channels;
      block.channels.forEach(addLevel);
      addCrossings(mono);
      if (left && right && channelCount === 2) addWidth(left, right);
      framer.push(mono, addFrame);
      loudness.push(block.channels);
      powers.add(block.channels);
    },
    finish() {
      for (const power of powers.windows) sums.powers.push(power);
      emit("content", { ...contentFigures(sums, sampleRate, finiteOrNull(loudness.integrated)) });
    },
  };
};

/** Mean squares of windows of a second that begin every half second. */
class WindowPowers {
  readonly #halfSecond: number;
  readonly #halves: number[] = [];
  #squares = 0;
  #frames = 0;
  #channels = 1;

  constructor(sampleRate: number) {
    this.#halfSecond = Math.floor(sampleRate / 2);
  }

  add(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0;
    this.#channels = channels.length;
    for (let frame = 0; frame < frames; frame++) {
      for (const channel of channels) this.#squares += finiteOr(channel[frame], 0) ** 2;
      this.#frames += 1;
      if (this.#frames < this.#halfSecond) continue;
      this.#halves.push(this.#squares);
      this.#squares = 0;
      this.#frames = 0;
    }
  }

  get windows(): number[] {
    const samples = 2 * this.#halfSecond * this.#channels;
    return this.#halves.slice(1).map((half, index) => ((this.#halves[index] ?? 0) + half) / samples);
  }
}
