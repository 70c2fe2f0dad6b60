import type { FileHandle } from "node:fs/promises";
import type { AudioFile, Channels, DecodeOptions } from "./audioFile.ts";
import { AudioFileError } from "./audioFileError.ts";
import { Gathering } from "./gathering.ts";
import { messageOf } from "./messageOf.ts";
import { NoDecoder } from "./wasm/decoderPackage.ts";

/** Told of a place that couldn't be decoded. @param isEnd the file ends there, and the sound doesn't */
export type TellProblem = (what: string, isEnd?: boolean) => void;

/** What a format's decoder is given. */
export interface DecodeRun {
  /** Takes decoded frames, from `from` up to `to`, and copies them. */
  give(this: void, channels: readonly Float32Array[], from?: number, to?: number): void;
  /** Its time is that of the sound given so far. */
  readonly problem: TellProblem;
  /** Where in the file the decoder is, in bytes. */
  reached(this: void, position: number): void;
}

/** A format that is decoded from its beginning. */
export interface CompressedFormat {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding: string;
  /** As its header says; null where only the end tells. */
  readonly frames: number | null;
  /** Yields, nothing, after each little step. */
  decode(run: DecodeRun): AsyncGenerator<void, void, undefined>;
}

const PIECE_FRAMES = 8192;

/** Gathers what a decoder gives, so that problems have their time, and turns what it throws into one. */
export function compressedFile(file: FileHandle, name: string, format: CompressedFormat): AudioFile {
  const { sampleRate, channelCount, encoding, frames } = format;

  async function* decode(options: DecodeOptions = {}): AsyncGenerator<Channels, void, undefined> {
    const { signal, onProblem, onProgress } = options;
    const { size } = await file.stat();
    const gathering = new Gathering(channelCount, PIECE_FRAMES);
    const tell: TellProblem = (what, isEnd = false) =>
      onProblem?.({ time: gathering.frames / sampleRate, what, isEnd });
    const steps = format.decode({
      give: (channels, from, to) => gathering.add(channels, from, to),
      problem: tell,
      reached: (position) => onProgress?.(position / size),
    });
    try {
      for (let isDone = false; !isDone;) {
        signal?.throwIfAborted();
        isDone = await stepOrProblem(steps, tell);
        yield* gathering.full();
      }
    } finally {
      await steps.return();
    }
    if (gathering.frames === 0)
      throw new AudioFileError(
        `${name} holds no sound that can be decoded, though it is ${encoding}. Copy or export it again.`,
      );
    yield* gathering.rest();
  }

  return { name, sampleRate, channelCount, encoding, frames, decode, close: () => file.close() };
}

/** A decoder that breaks down on bad bytes has ended there. @returns whether it has ended */
async function stepOrProblem(
  steps: AsyncGenerator<void, void, undefined>,
  tell: TellProblem,
): Promise<boolean> {
  try {
    return (await steps.next()).done === true;
  } catch (error) {
    if (error instanceof AudioFileError || error instanceof NoDecoder) throw error;
    tell(`the decoder broke down (${messageOf(error)})`);
    return true;
  }
}
