import { isSeekable, type SeekableAudioFile } from "../../library/audio/audioFile.ts";
import { AudioFileError } from "../../library/audio/audioFileError.ts";
import { openAudioFile } from "../../library/audio/openAudioFile.ts";
import { Failure } from "../failure.ts";
import type { AudioSource } from "./audioSource.ts";
import { NO_PROBLEMS } from "./decodeProblems.ts";
import { spool, type SpoolOptions } from "./spool.ts";

/**
 * Opens the recording of a run; one that can't be read from anywhere is decoded into the work folder first.
 * @throws Failure with one sentence
 */
export async function openRecording(path: string, options: SpoolOptions): Promise<AudioSource> {
  return asFailure(async () => {
    const file = await openAudioFile(path);
    const source = isSeekable(file) ? asItLies(file) : await spool(file, options);
    return { ...source, read: (startFrame, frames) => asFailure(() => source.read(startFrame, frames)) };
  });
}

function asItLies(file: SeekableAudioFile): AudioSource {
  const { frames, sampleRate, channelCount, encoding } = file;
  return {
    ...{ frames, sampleRate, channelCount, encoding, decodeMs: 0, problems: NO_PROBLEMS },
    read: (startFrame, count) => file.read(startFrame, count),
    close: () => file.close(),
  };
}

/** The one place where what the library says of a file becomes the run's failure. */
async function asFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AudioFileError ? new Failure("audio", error.message) : error;
  }
}
