import type { AudioFile, Channels, DecodeOptions } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { deinterleave } from "../pcm/samples.ts";
import type { WavFormat } from "../pcm/wav.ts";
import { FfmpegProcess } from "./ffmpegProcess.ts";
import { findFfmpeg } from "./findFfmpeg.ts";
import { WavStream } from "./wavStream.ts";

/** Opens a file through the user's ffmpeg. @param kind what the file is @throws AudioFileError, also where there is no ffmpeg */
export async function openByFfmpeg(path: string, name: string, kind: string): Promise<AudioFile> {
  const program = await findFfmpeg();
  if (program === null)
    throw new AudioFileError(
      `${name} is ${kind}, which is decoded by ffmpeg, and there is none on the PATH. Install ffmpeg, or convert the file to WAV.`,
    );
  const { sampleRate, channelCount } = await formatOf(program, path, name, kind);
  return {
    ...{ name, sampleRate, channelCount, encoding: `${kind}, by ffmpeg`, frames: null },
    decode: (options) => decode(program, path, name, options),
    close: () => Promise.resolve(),
  };
}

/** Asks for the first bytes. */
async function formatOf(program: string, path: string, name: string, kind: string): Promise<WavFormat> {
  const ffmpeg = await FfmpegProcess.start(program, path);
  const wav = new WavStream();
  try {
    for await (const piece of ffmpeg.pieces) {
      wav.take(piece, name);
      if (wav.format) return wav.format;
    }
    throw noSound(name, kind, await ffmpeg.end());
  } finally {
    ffmpeg.kill();
  }
}

const noSound = (name: string, kind: string, complaint: string | null): AudioFileError =>
  new AudioFileError(
    `${name} is ${kind} in which ffmpeg finds no sound${complaint === null ? "" : ` (${complaint.replace(/[.\s]+$/, "")})`}. Choose another file.`,
  );

async function* decode(
  program: string,
  path: string,
  name: string,
  { signal, onProblem }: DecodeOptions = {},
): AsyncGenerator<Channels, void, undefined> {
  const wav = new WavStream();
  let given = 0;
  const tell = (what: string): void =>
    onProblem?.({ time: given / (wav.format?.sampleRate ?? 1), what, isEnd: false });
  const ffmpeg = await FfmpegProcess.start(program, path, tell);
  const kill = (): void => ffmpeg.kill();
  signal?.addEventListener("abort", kill);
  try {
    for await (const piece of ffmpeg.pieces) {
      signal?.throwIfAborted();
      const bytes = wav.take(piece, name);
      if (bytes.length === 0 || !wav.format) continue;
      const { format, channelCount } = wav.format;
      const frames = bytes.length / (channelCount * 4);
      yield deinterleave(bytes, format, channelCount, frames);
      given += frames;
    }
    signal?.throwIfAborted();
    const complaint = await ffmpeg.end();
    if (given === 0) throw noSound(name, "a file", complaint);
    if (complaint !== null) tell(`ffmpeg says "${complaint.replace(/[.\s]+$/, "")}"`);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", kill);
    ffmpeg.kill();
  }
}
