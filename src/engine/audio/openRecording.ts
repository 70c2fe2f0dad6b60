import { AudioFileError } from "../../library/audio/audioFileError.ts";
import type { AudioSource } from "../../library/audio/audioSource.ts";
import { openAudio } from "../../library/audio/openAudio.ts";
import { Failure } from "../failure.ts";

/** Opens the recording of a run. @throws Failure with one sentence */
export async function openRecording(path: string): Promise<AudioSource> {
  return asFailure(async () => {
    const source = await openAudio(path);
    return { ...source, read: (startFrame, frames) => asFailure(() => source.read(startFrame, frames)) };
  });
}

/** The one place where what the library says of a file becomes the run's failure. */
async function asFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AudioFileError ? new Failure("audio", error.message) : error;
  }
}
