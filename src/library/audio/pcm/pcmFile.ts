import type { FileHandle } from "node:fs/promises";
import type { Channels, DecodeOptions, SeekableAudioFile } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { sampleReader, type SampleLayout } from "./sampleReader.ts";

/** Where in a file its uncompressed samples lie, and what they are. */
export interface PcmLayout extends SampleLayout {
  readonly encoding: string;
  readonly sampleRate: number;
  readonly frames: number;
}

const PIECE_FRAMES = 16_384;

/** Reads uncompressed samples from anywhere by seeking. */
export function pcmFile(file: FileHandle, name: string, layout: PcmLayout): SeekableAudioFile {
  const { encoding, channelCount, sampleRate, frames } = layout;
  const readSamples = sampleReader(file, layout);

  async function read(startFrame: number, count: number): Promise<Channels> {
    const channels = await readSamples(startFrame, count);
    if (channels) return channels;
    throw new AudioFileError(
      `${name} became shorter while it was read. Profile it again when nothing writes to it.`,
    );
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
