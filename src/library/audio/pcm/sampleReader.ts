import type { FileHandle } from "node:fs/promises";
import type { Channels } from "../audioFile.ts";
import { bytesAt } from "../bytes.ts";
import { bytesPerSample, deinterleave, type SampleFormat } from "./samples.ts";

/** Where in a file its uncompressed samples lie, and how. */
export interface SampleLayout {
  readonly format: SampleFormat;
  readonly channelCount: number;
  /** The first one's byte. */
  readonly dataStart: number;
}

/** Reads so many frames from one on; null where the file has fewer. */
export type ReadSamples = (startFrame: number, count: number) => Promise<Channels | null>;

export function sampleReader(
  file: FileHandle,
  { format, channelCount, dataStart }: SampleLayout,
): ReadSamples {
  const frameBytes = bytesPerSample(format) * channelCount;
  /** What a read leaves for the next one: most of the time that a large new array takes is for its pages. */
  let spare: Uint8Array<ArrayBuffer> | undefined;

  return async (startFrame, count) => {
    const length = count * frameBytes;
    const room = spare && spare.length >= length ? spare : new Uint8Array(length);
    spare = undefined;
    const bytes = await bytesAt(file, dataStart + startFrame * frameBytes, length, room);
    if (bytes.length < length) return null;
    const channels = deinterleave(bytes, format, channelCount, count);
    spare = room;
    return channels;
  };
}
