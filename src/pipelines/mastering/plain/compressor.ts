import { fromDecibels, toDecibels, type Block, type StageFactory } from "waveflame";
import { delayed } from "../../shared/delayed.ts";
import { finiteOr } from "../../shared/finite.ts";
import { compressorSettings, type CompressorSettings } from "../shared/compressorSettings.ts";
import { Delay } from "./delay.ts";
import { LevelFollower } from "./levelFollower.ts";
import { perSample } from "./perSample.ts";

/** Turns loud passages down, all channels alike, by the level of what is about to come. */
export const compressor: StageFactory = ({ sampleRate, channelCount, parameters }) => {
  const settings = compressorSettings(parameters, sampleRate);
  const { attackMs, releaseMs, averagingMs, rmsShare, lookaheadFrames } = settings;
  const follower = new LevelFollower(perSample(attackMs, sampleRate), perSample(releaseMs, sampleRate));
  const averaging = perSample(averagingMs, sampleRate);
  const delays = Array.from({ length: channelCount }, () => new Delay(lookaheadFrames));
  let meanSquare = 0;

  function levelOf(loudest: number): number {
    meanSquare = loudest ** 2 + (meanSquare - loudest ** 2) * averaging;
    return follower.next(rmsShare * Math.sqrt(meanSquare) + (1 - rmsShare) * loudest);
  }

  function process({ channels, frames }: Block): void {
    for (let frame = 0; frame < frames; frame++) {
      const loudest = finiteOr(Math.max(...channels.map((channel) => Math.abs(channel[frame] ?? 0))), 0);
      const gain = fromDecibels(gainAt(toDecibels(levelOf(loudest)), settings));
      channels.forEach((channel, index) => {
        channel[frame] = gain * (delays[index]?.next(channel[frame] ?? 0) ?? 0);
      });
    }
  }

  return delayed(channelCount, lookaheadFrames, process);
};

/**
 * The gain in dB at a level in dB: none below the threshold, `1 / ratio` of the way above it, and a parabola across the
 * knee (D. Giannoulis, M. Massberg, J. Reiss, Digital Dynamic Range Compressor Design, 2012, equation 4).
 */
function gainAt(levelDb: number, { thresholdDb, ratio, kneeDb, makeupDb }: CompressorSettings): number {
  const over = levelDb - thresholdDb;
  const slope = 1 / ratio - 1;
  if (2 * over <= -kneeDb) return makeupDb;
  if (2 * over >= kneeDb) return slope * over + makeupDb;
  return (slope * (over + kneeDb / 2) ** 2) / (2 * kneeDb) + makeupDb;
}
