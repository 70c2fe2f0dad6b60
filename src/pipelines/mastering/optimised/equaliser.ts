import { MultichannelOverlapAdd, windowFunction, type Block, type StageFactory } from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { numberOf } from "../../shared/parameters.ts";
import { BandGains } from "../shared/bandGains.ts";
import { criticalBands } from "../shared/criticalBands.ts";
import { EQUALISER_FRAME as SIZE, EQUALISER_HOP as HOP } from "../shared/equaliserFrames.ts";

/** Where a power counts as nothing: a magnitude of 1e-10, squared. */
const FLOOR = 1e-20;
/** Powers are multiplied before one logarithm is taken of them, as many as a 64-bit number can hold. */
const LEAST_PRODUCT = 1e-250;
const MOST_PRODUCT = 1e250;
const DB_PER_NEPER = 10 / Math.LN10;

/** As the plain one, with the transforms of pffft, and one logarithm for many bins. */
export const equaliser: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const frames = new MultichannelOverlapAdd({ size: SIZE, hop: HOP, channels: channelCount });
  const bands = criticalBands(SIZE, sampleRate);
  const gains = new BandGains(bands, numberOf(parameters, "amount"));
  const powers = new Float64Array(frames.binCount);
  const energies = new Float64Array(bands.length);
  const window = windowFunction("hann", SIZE);
  // A sine at full scale comes to 0 dB.
  const scale = (2 / window.reduce((sum, weight) => sum + weight, 0)) ** 2 / channelCount;

  /** Sums of all channels' powers, bin by bin. */
  function addPowers(spectra: readonly Float32Array[]): void {
    powers.fill(0);
    for (const spectrum of spectra) {
      for (let bin = 0, at = 0; bin < powers.length; bin++, at += 2) {
        const re = spectrum[at] ?? 0;
        const im = spectrum[at + 1] ?? 0;
        powers[bin] = (powers[bin] ?? 0) + re * re + im * im;
      }
    }
  }

  /** Mean level of a band's bins, in dBFS; a bin's power is the mean of all channels'. */
  function energyOf(from: number, to: number): number {
    let product = 1;
    let logarithms = 0;
    for (let bin = from; bin < to; bin++) {
      product *= Math.max((powers[bin] ?? 0) * scale, FLOOR);
      if (product < LEAST_PRODUCT || product > MOST_PRODUCT) {
        logarithms += Math.log(product);
        product = 1;
      }
    }
    return ((logarithms + Math.log(product)) * DB_PER_NEPER) / (to - from);
  }

  function equalise(spectra: readonly Float32Array[]): void {
    addPowers(spectra);
    for (const [band, { from, to }] of bands.entries()) energies[band] = energyOf(from, to);
    const gainsDb = gains.next(energies);
    for (const [band, { from, to }] of bands.entries()) {
      const gain = 10 ** ((gainsDb[band] ?? 0) / 20);
      for (const spectrum of spectra)
        for (let at = 2 * from; at < 2 * to; at++) spectrum[at] = gain * (spectrum[at] ?? 0);
    }
  }

  const process = ({ channels }: Block): void => {
    frames.process(channels, equalise);
  };

  return delayed(channelCount, frames.latencyFrames, process);
};
