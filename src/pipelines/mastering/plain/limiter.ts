import {
  fromDecibels,
  INTERPOLATION_LATENCY,
  InterpolatedPeaks,
  TRUE_PEAK_MARGIN_DB,
  type Block,
  type StageFactory,
} from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { finiteOr } from "../../shared/finite.ts";
import { limiterSettings } from "../shared/limiterSettings.ts";
import { Delay } from "./delay.ts";
import { MovingMean } from "./movingMean.ts";
import { perSample } from "./perSample.ts";
import { SlidingMaximum } from "./slidingMaximum.ts";

/** Keeps peaks under a ceiling, all channels alike: the gain is down before the peak that needs it comes out. */
export const limiter: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const settings = limiterSettings(parameters, sampleRate);
  const ceiling = fromDecibels(settings.ceilingDb - (settings.truePeak ? TRUE_PEAK_MARGIN_DB : 0));
  const release = perSample(settings.releaseMs, sampleRate);
  const between = new InterpolatedPeaks({ channels: channelCount, compiled: false });
  // A true peak is known so much later, and the gain stands still for as long around it.
  const known = settings.truePeak ? INTERPOLATION_LATENCY : 0;
  const ahead = settings.latencyFrames - known;
  const held = new SlidingMaximum(ahead + known + 1);
  const smooth = new MovingMean(ahead - known + 1, 1);
  const delays = Array.from({ length: channelCount }, () => new Delay(settings.latencyFrames));
  let released = 1;

  function peaksOf({ channels, frames }: Block): Float32Array {
    const peaks = new Float32Array(frames);
    if (settings.truePeak) between.process(channels, peaks);
    else
      peaks.forEach((_, frame) => (peaks[frame] = Math.max(...channels.map((c) => Math.abs(c[frame] ?? 0)))));
    return peaks;
  }

  /** A new peak turns the gain down at once; afterwards it comes back. */
  function gainFor(peak: number): number {
    const needed = Math.min(1, ceiling / held.next(finiteOr(peak, 0)));
    released = Math.min(needed, needed + (released - needed) * release);
    return smooth.next(released);
  }

  function process(block: Block): void {
    peaksOf(block).forEach((peak, frame) => {
      const gain = gainFor(peak);
      block.channels.forEach((channel, index) => {
        const limited = gain * (delays[index]?.next(channel[frame] ?? 0) ?? 0);
        channel[frame] = Math.min(ceiling, Math.max(-ceiling, limited));
      });
    });
  }

  return delayed(channelCount, settings.latencyFrames, process);
};
