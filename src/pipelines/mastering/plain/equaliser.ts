import { Framer, fromDecibels, RealFft, windowFunction, type Block, type StageFactory } from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { numberOf } from "../../shared/parameters.ts";
import { windowed } from "../../shared/windowed.ts";
import { BandGains } from "../shared/bandGains.ts";
import { criticalBands } from "../shared/criticalBands.ts";
import { EQUALISER_FRAME as SIZE, EQUALISER_HOP as HOP } from "../shared/equaliserFrames.ts";
import { OverlapAdder } from "./overlapAdder.ts";

/** Where a magnitude counts as nothing. */
const FLOOR = 1e-10;

/** Evens out the critical bands of hearing, all channels alike, from frame to frame. */
export const equaliser: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  // In 32 bits, as the optimised one: whether a band is masked is a yes or no that the last bits may decide.
  const fft = new RealFft(SIZE);
  const window = windowFunction("hann", SIZE);
  const bands = criticalBands(SIZE, sampleRate);
  const gains = new BandGains(bands, numberOf(parameters, "amount"));
  // Half a frame of silence comes first, so that the first sample is in two frames like all others.
  const framers = Array.from(
    { length: channelCount },
    () => new Framer({ size: SIZE, hop: HOP, padding: "centre" }),
  );
  const adders = Array.from({ length: channelCount }, () => new OverlapAdder(window, HOP));
  // A sine at full scale comes to 0 dB.
  const scale = 2 / window.reduce((sum, weight) => sum + weight, 0);

  /** Mean level of each band's bins, in dBFS; a bin's power is the mean of all channels'. */
  function energiesOf(spectra: readonly Float32Array[]): Float64Array {
    return Float64Array.from(bands, ({ from, to }) => {
      let levels = 0;
      for (let bin = from; bin < to; bin++) {
        let power = 0;
        for (const spectrum of spectra) {
          const re = spectrum[2 * bin] ?? 0;
          const im = spectrum[2 * bin + 1] ?? 0;
          power += (re ** 2 + im ** 2) / spectra.length;
        }
        levels += 10 * Math.log10(Math.max(power * scale ** 2, FLOOR ** 2));
      }
      return levels / (to - from);
    });
  }

  function equalise(frames: readonly Float32Array[]): void {
    const spectra = frames.map((frame) => fft.forward(windowed(frame, window)));
    const gainsDb = gains.next(energiesOf(spectra));
    spectra.forEach((spectrum, channel) => {
      bands.forEach(({ from, to }, band) => {
        const gain = fromDecibels(gainsDb[band] ?? 0);
        for (let at = 2 * from; at < 2 * to; at++) spectrum[at] = gain * (spectrum[at] ?? 0);
      });
      adders[channel]?.add(fft.inverse(spectrum));
    });
  }

  function process({ channels, frames }: Block): void {
    const cut = channels.map((channel, index) => {
      const copies: Float32Array[] = [];
      framers[index]?.push(channel, (frame) => copies.push(frame.slice()));
      return copies;
    });
    cut[0]?.forEach((_, index) => equalise(cut.flatMap((ofChannel) => ofChannel[index] ?? [])));
    channels.forEach((channel, index) => channel.set(adders[index]?.take(frames) ?? []));
  }

  return delayed(channelCount, SIZE, process);
};
