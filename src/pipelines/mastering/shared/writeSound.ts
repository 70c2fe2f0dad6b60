import { fromDecibels, WavWriter, type Block, type StageContext } from "waveflame";
import { targetOf } from "../../shared/writing.ts";

const ENCODINGS: Readonly<Record<number, "pcm16" | "pcm24" | "float32">> = {
  16: "pcm16",
  24: "pcm24",
  32: "float32",
};

/**
 * Writes the sound, with a gain, as a WAV file where the parameter `wav` says so: without the latency of the stages, so that
 * it lies beside the recording frame by frame.
 */
export async function writeSound(context: StageContext, gainDb: number): Promise<void> {
  const { parameters, sampleRate, channelCount, latencyFrames, durationSeconds, audio } = context;
  const target = await targetOf(parameters["wav"], context);
  if (target === null) return;
  const encoding = ENCODINGS[Number(parameters["bits"])];
  if (!encoding)
    throw new RangeError(`A WAV file of ${String(parameters["bits"])} bits isn't written: 16, 24 and 32 are`);
  if (!Number.isFinite(gainDb)) throw new RangeError("The sound has no level, so it can't be written");
  const end = latencyFrames + Math.round(durationSeconds * sampleRate);
  const gain = fromDecibels(gainDb);
  const writer = await WavWriter.create(target, { sampleRate, channelCount, encoding });
  try {
    for await (const block of audio()) {
      const channels = between(block, latencyFrames, end);
      for (const samples of channels)
        for (let frame = 0; frame < samples.length; frame++) samples[frame] = gain * (samples[frame] ?? 0);
      await writer.write(channels);
    }
    await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** What of a block lies between two frames. */
const between = ({ channels, startFrame }: Block, from: number, to: number): Float32Array[] =>
  channels.map((samples) => samples.subarray(Math.max(0, from - startFrame), Math.max(0, to - startFrame)));
