import { fromDecibels, MultichannelOverlapAdd, windowFunction, type StageFactory } from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { numberOf } from "../../shared/parameters.ts";
import { BandGains } from "../shared/bandGains.ts";
import { criticalBands } from "../shared/criticalBands.ts";
import { EQUALISER_FRAME as SIZE, EQUALISER_HOP as HOP } from "../shared/equaliserFrames.ts";

/** As the plain one, where the transforms are: windows, levels and gains in compiled loops, all channels in one memory. */
export const equaliser: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const frames = new MultichannelOverlapAdd({ size: SIZE, hop: HOP, channels: channelCount });
  const bands = criticalBands(SIZE, sampleRate);
  const gains = new BandGains(bands, numberOf(parameters, "amount"));
  const energies = new Float64Array(bands.length);
  const window = windowFunction("hann", SIZE);
  // A sine at full scale comes to 0 dB.
  const scale = (2 / window.reduce((sum, weight) => sum + weight, 0)) ** 2;

  function equalise(): void {
    bands.forEach((band, index) => (energies[index] = frames.meanLevel(band, scale)));
    const gainsDb = gains.next(energies);
    bands.forEach((band, index) => frames.scaleBins(band, fromDecibels(gainsDb[index] ?? 0)));
  }

  return delayed(channelCount, frames.latencyFrames, ({ channels }) => frames.process(channels, equalise));
};
