import type { FileHandle } from "node:fs/promises";
import type { AudioFile, Channels, DecodeOptions, DecodeProblem } from "./audioFile.ts";
import { AudioFileError } from "./audioFileError.ts";
import { messageOf } from "./messageOf.ts";
import { NoDecoder } from "./wasm/decoderPackage.ts";

/** What a format's decoder is given. */
export interface DecodeRun {
  /** Told of a place that couldn't be decoded; its time is that of the sound given so far. */
  problem(this: void, what: string): void;
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
  decode(run: DecodeRun): AsyncGenerator<Channels, void, undefined>;
}

/** Counts what a decoder gives, so that problems have their time, and turns what it throws into one. */
export function compressedFile(file: FileHandle, name: string, format: CompressedFormat): AudioFile {
  const { sampleRate, channelCount, encoding, frames } = format;

  async function* decode(options: DecodeOptions = {}): AsyncGenerator<Channels, void, undefined> {
    const { signal, onProblem, onProgress } = options;
    const { size } = await file.stat();
    let given = 0;
    const tell = (what: string): void =>
      onProblem?.({ time: given / sampleRate, what } satisfies DecodeProblem);
    const pieces = format.decode({ problem: tell, reached: (position) => onProgress?.(position / size) });
    try {
      for (;;) {
        signal?.throwIfAborted();
        const { done, value } = await nextOrProblem(pieces, tell);
        if (done) break;
        const length = value[0]?.length ?? 0;
        if (length > 0) yield value;
        given += length;
      }
    } finally {
      await pieces.return();
    }
    if (given === 0)
      throw new AudioFileError(
        `${name} holds no sound that can be decoded, though it is ${encoding}. Copy or export it again.`,
      );
  }

  return { name, sampleRate, channelCount, encoding, frames, decode, close: () => file.close() };
}

/** A decoder that breaks down on bad bytes has ended there. */
async function nextOrProblem(
  pieces: AsyncGenerator<Channels, void, undefined>,
  tell: (what: string) => void,
): Promise<IteratorResult<Channels, void>> {
  try {
    return await pieces.next();
  } catch (error) {
    if (error instanceof AudioFileError || error instanceof NoDecoder) throw error;
    tell(`the decoder broke down (${messageOf(error)})`);
    return { done: true, value: undefined };
  }
}
