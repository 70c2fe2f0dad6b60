import { open, stat, type FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import type { AudioFile } from "./audioFile.ts";
import { AudioFileError } from "./audioFileError.ts";
import { openByFfmpeg } from "./ffmpeg/ffmpeg.ts";
import { findFfmpeg } from "./ffmpeg/findFfmpeg.ts";
import { withFfmpegInstead } from "./ffmpeg/ffmpegInstead.ts";
import { openFlac } from "./flac/flac.ts";
import { codeOf, messageOf } from "./messageOf.ts";
import { openMpeg } from "./mpeg/mpeg.ts";
import { openOpus } from "./ogg/opus.ts";
import { openVorbis } from "./ogg/vorbis.ts";
import { openAiff } from "./pcm/aiff.ts";
import { UnreadEncoding } from "./pcm/unreadEncoding.ts";
import { openWav } from "./pcm/wav.ts";
import { recognise } from "./recognise.ts";

/**
 * Opens an audio file by what it holds, not by its name: WAV, AIFF, MP3, FLAC, Ogg Vorbis, Ogg Opus, and what else the
 * ffmpeg on the PATH decodes. @throws AudioFileError with one sentence
 */
export async function openAudioFile(path: string): Promise<AudioFile> {
  const name = basename(path);
  const file = await openFile(path, name);
  try {
    return await openContents(file, path, name);
  } catch (error) {
    await file.close();
    throw error instanceof AudioFileError ? error : new AudioFileError(sentenceOf(error, path, name));
  }
}

async function openContents(file: FileHandle, path: string, name: string): Promise<AudioFile> {
  const found = await recognise(file);
  switch (found.kind) {
    case "wav":
      return orByFfmpeg(openWav(file, name), file, path, name);
    case "aiff":
      return orByFfmpeg(openAiff(file, name), file, path, name);
    case "mpeg":
      return withFfmpegInstead(await openMpeg(file, name), path);
    case "flac":
      return withFfmpegInstead(await openFlac(file, name), path);
    case "vorbis":
      return withFfmpegInstead(await openVorbis(file, name), path);
    case "opus":
      return withFfmpegInstead(await openOpus(file, name), path);
    case "ffmpeg": {
      const opened = await openByFfmpeg(path, name, found.name);
      await file.close();
      return opened;
    }
    case "empty":
      throw new AudioFileError(`${name} is empty. Choose a recording that holds audio.`);
    case "unknown":
      throw new AudioFileError(
        `${name} isn't audio in a format that Waveflame reads, whatever its name ends in, or its beginning is damaged. Choose a recording.`,
      );
  }
}

/** What is compressed in these is ffmpeg's to decode, where there is one. */
async function orByFfmpeg(
  opening: Promise<AudioFile>,
  file: FileHandle,
  path: string,
  name: string,
): Promise<AudioFile> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof UnreadEncoding) || (await findFfmpeg()) === null) throw error;
    const opened = await openByFfmpeg(path, name, error.kind);
    await file.close();
    return opened;
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new AudioFileError(`${name} is a folder. Choose a recording in it.`);
    // A pipe could be waited for without end.
    if (!found.isFile())
      throw new AudioFileError(`${name} is no file on a disk. Choose a recording that is one.`);
    return await open(path, "r");
  } catch (error) {
    throw error instanceof AudioFileError ? error : new AudioFileError(sentenceOf(error, path, name));
  }
}

function sentenceOf(error: unknown, path: string, name: string): string {
  const code = codeOf(error);
  if (code === "ENOENT") return `${path} doesn't exist. Check the path.`;
  if (code === "EACCES" || code === "EPERM") return `${name} may not be read. Check its permissions.`;
  return `${name} can't be opened: ${messageOf(error)}.`;
}
