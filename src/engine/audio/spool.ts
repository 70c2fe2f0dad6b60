import type { FileHandle } from "node:fs/promises";
import type { Seconds } from "../../core/units.ts";
import type { AudioFile, Channels } from "../../library/audio/audioFile.ts";
import { AudioFileError } from "../../library/audio/audioFileError.ts";
import { codeOf, messageOf } from "../../library/audio/messageOf.ts";
import { sampleReader } from "../../library/audio/pcm/sampleReader.ts";
import { interleave } from "../../library/audio/pcm/samples.ts";
import { newWorkFile, temporaryFolderVariable } from "../workFile.ts";
import type { AudioSource } from "./audioSource.ts";
import { DecodeProblemCount } from "./decodeProblems.ts";

export interface SpoolOptions {
  /** Of the run; made when needed. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
  /** @param share of the file, 0 to 1; null where that can't be told */
  onProgress(this: void, decoded: Seconds, share: number | null): void;
}

const FLOAT = { kind: "float", bits: 32 } as const;

/** Decodes a file once, ahead of the workers, into a file of floats, so that segments can start anywhere. @throws AudioFileError */
export async function spool(file: AudioFile, options: SpoolOptions): Promise<AudioSource> {
  const { sampleRate, channelCount, encoding, name } = file;
  let floats: FileHandle | undefined;
  try {
    const began = performance.now();
    floats = await newWorkFile(options.workFolder, "decoded.f32");
    const { frames, problems } = await decodeInto(floats, file, options);
    const kept = floats;
    const readSamples = sampleReader(kept, { format: FLOAT, channelCount, dataStart: 0 });
    return {
      ...{ frames, sampleRate, channelCount, encoding, problems, decodeMs: performance.now() - began },
      async read(startFrame, count) {
        const channels = await readSamples(startFrame, count);
        if (channels) return channels;
        throw new AudioFileError(
          `The decoded sound of ${name} in ${options.workFolder} was removed or cut while it was needed. Profile it again.`,
        );
      },
      close: () => kept.close(),
    };
  } catch (error) {
    await floats?.close();
    throw asAudioError(error, name, options.workFolder);
  } finally {
    await file.close();
  }
}

async function decodeInto(
  floats: FileHandle,
  file: AudioFile,
  { signal, onProgress }: SpoolOptions,
): Promise<Pick<AudioSource, "frames" | "problems">> {
  const { sampleRate } = file;
  const problems = new DecodeProblemCount();
  let frames = 0;
  let share: number | null = null;
  const pieces = file.decode({
    signal,
    onProblem: (problem) => {
      problems.add(problem);
    },
    onProgress: (reached) => {
      share = reached;
    },
  });
  for await (const channels of pieces) {
    await writeAll(floats, channels);
    frames += channels[0]?.length ?? 0;
    onProgress(frames / sampleRate, share);
  }
  const promised = file.frames === null ? null : file.frames / sampleRate;
  return { frames, problems: problems.whenDone(frames / sampleRate, promised) };
}

async function writeAll(floats: FileHandle, channels: Channels): Promise<void> {
  const bytes = interleave(channels);
  for (let done = 0; done < bytes.length;) done += (await floats.write(bytes, done)).bytesWritten;
}

function asAudioError(error: unknown, name: string, folder: string): unknown {
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT")
    return new AudioFileError(
      `There isn't room enough in ${folder} for the decoded sound of ${name}: the disk is full. Make room there, or point ${temporaryFolderVariable()} to another disk.`,
    );
  if (code === undefined || error instanceof AudioFileError) return error;
  return new AudioFileError(`${name} can't be decoded into ${folder}: ${messageOf(error)}.`);
}
