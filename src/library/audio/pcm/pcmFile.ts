import type { FileHandle } from "node:fs/promises";
import type { Channels, DecodeOptions, SeekableAudioFile } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { bytesAt } from "../bytes.ts";
import { bytesPerSample, deinterleave, type SampleFormat } from "./samples.ts";

/** Where in a file its uncompressed samples lie, and what they are. */
export interface PcmLayout {
  readonly encoding: string;
  readonly format: SampleFormat;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly dataStart: number;
  readonly frames: number;
}

const PIECE_FRAMES = 16_384;

/** Reads uncompressed samples from anywhere by seeking. */
export function pcmFile(file: FileHandle, name: string, layout: PcmLayout): SeekableAudioFile {
  const { encoding, format, channelCount, sampleRate, dataStart, frames } = layout;
  const frameBytes = bytesPerSample(format) * channelCount;

  /** What a read leaves for the next one: most of the time that a large new array takes is for its pages. */
  let spare: Uint8Array<ArrayBuffer> | undefined;

  async function read(startFrame: number, count: number): Promise<Channels> {
    const length = count * frameBytes;
    const room = spare && spare.length >= length ? spare : new Uint8Array(length);
    spare = undefined;
    const bytes = await bytesAt(file, dataStart + startFrame * frameBytes, length, room);
    if (bytes.length < length)
      throw new AudioFileError(
        `${name} became shorter while it was read. Profile it again when nothing writes to it.`,
      );
    const channels = deinterleave(bytes, format, channelCount, count);
    spare = room;
    return channels;
  }

  async function* decode({ signal, onProgress }: DecodeOptions = {}): AsyncGenerator<
    Channels,
    void,
    undefined
  > {
    for (let at = 0; at < frames; at += PIECE_FRAMES) {
      signal?.throwIfAborted();
      yield await read(at, Math.min(PIECE_FRAMES, frames - at));
      onProgress?.(Math.min(1, (at + PIECE_FRAMES) / frames));
    }
  }

  return { name, sampleRate, channelCount, encoding, frames, read, decode, close: () => file.close() };
}
