import {
  fromDecibels,
  wavMark,
  WavWriter,
  type Block,
  type Parameters,
  type StageContext,
  type WavEncoding,
} from "waveflame";
import { wrong } from "../../shared/parameters.ts";
import { targetOf, type Mark } from "../../shared/writing.ts";

const ENCODINGS: Readonly<Record<number, WavEncoding>> = {
  16: "pcm16",
  24: "pcm24",
  32: "float32",
};

/** How samples are written, by the parameter `bits`. @throws ParameterError */
export function encodingOf(parameters: Parameters): WavEncoding {
  const encoding = ENCODINGS[Number(parameters["bits"])];
  if (encoding) return encoding;
  throw wrong(parameters, "bits", "16, 24 or 32");
}

const commentOf = (recording: string): string => `Mastered by Waveflame from ${recording}`;

/** How a mastered file is known: by its comment. */
export const soundMark: Mark = (recording) => wavMark(commentOf(recording));

/**
 * Writes the sound, with a gain, as a WAV file where the parameter `wav` says so: without the latency of the stages, so that
 * it lies beside the recording frame by frame. Gives the file's name; null where none is asked for.
 */
export async function writeSound(context: StageContext, gainDb: number): Promise<string | null> {
  const { parameters, sampleRate, channelCount, latencyFrames, durationSeconds, audio } = context;
  const encoding = encodingOf(parameters);
  const target = await targetOf("wav", context, soundMark);
  if (target === null) return null;
  if (!Number.isFinite(gainDb)) throw new RangeError("The sound has no level, so it can't be written");
  const end = latencyFrames + Math.round(durationSeconds * sampleRate);
  const gain = fromDecibels(gainDb);
  const writer = await WavWriter.create(target.path, {
    sampleRate,
    channelCount,
    encoding,
    comment: commentOf(target.recording),
    own: target.own,
  });
  try {
    for await (const block of audio()) {
      const channels = between(block, latencyFrames, end);
      for (const samples of channels)
        for (let frame = 0; frame < samples.length; frame++) samples[frame] = gain * (samples[frame] ?? 0);
      await writer.write(channels);
    }
    await writer.close();
    return target.name;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** What of a block lies between two frames. */
const between = ({ channels, startFrame }: Block, from: number, to: number): Float32Array[] =>
  channels.map((samples) => samples.subarray(Math.max(0, from - startFrame), Math.max(0, to - startFrame)));
