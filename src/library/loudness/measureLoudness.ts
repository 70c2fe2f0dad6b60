import { LoudnessMeter, type LoudnessMeterOptions } from "./loudnessMeter.ts";
import { TruePeakMeter } from "./truePeak.ts";

export interface Loudness {
  /** In LUFS. */
  readonly integrated: number;
  /** In LU. */
  readonly range: number;
  /** In dBTP. */
  readonly truePeakDb: number;
}

/** Loudness and true peak of a whole recording, an array per channel. */
export function measureLoudness(
  channels: readonly Float32Array[],
  options: Omit<LoudnessMeterOptions, "channels">,
): Loudness {
  const meter = new LoudnessMeter({ ...options, channels: channels.length });
  const truePeak = new TruePeakMeter({ channels: channels.length, compiled: options.compiled ?? true });
  const frames = channels[0]?.length ?? 0;
  for (let start = 0; start < frames; start += BLOCK_FRAMES) {
    const block = channels.map((samples) => samples.subarray(start, start + BLOCK_FRAMES));
    meter.push(block);
    truePeak.push(block);
  }
  truePeak.finish();
  return { integrated: meter.integrated, range: meter.range, truePeakDb: truePeak.peakDb };
}

const BLOCK_FRAMES = 8192;
