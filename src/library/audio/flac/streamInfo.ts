import type { FileHandle } from "node:fs/promises";
import { AudioFileError } from "../audioFileError.ts";
import { bytesAt, viewOf } from "../bytes.ts";

/** FLAC's first block of metadata (RFC 9639, 8.2). */
export interface FlacStreamInfo {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly bitsPerSample: number;
  /** Null where the encoder didn't know. */
  readonly frames: number | null;
  /** In samples per channel: the largest frame, and where all are of one size each but the last. */
  readonly blockFrames: number;
  /** The block as it stands in the file, without its header. */
  readonly bytes: Uint8Array;
}

const BLOCK_HEADER = 4;
const STREAM_INFO_BYTES = 34;
const LAST_BLOCK = 0x80;

/** Reads the metadata. @returns where the frames begin, too @throws AudioFileError */
export async function readFlacHead(
  file: FileHandle,
  name: string,
  start: number,
  end: number,
): Promise<{ readonly info: FlacStreamInfo; readonly framesAt: number }> {
  const bytes = await bytesAt(file, start + 4 + BLOCK_HEADER, STREAM_INFO_BYTES);
  if (bytes.length < STREAM_INFO_BYTES)
    throw new AudioFileError(
      `${name} is a FLAC file that is cut off in its header. Copy or export it again.`,
    );
  const info = streamInfo(bytes);
  if (info.sampleRate === 0)
    throw new AudioFileError(
      `${name} says that its sample rate is 0 Hz. Export it again with its real rate.`,
    );
  let at = start + 4;
  for (let isLast = false; !isLast && at < end;) {
    const header = await bytesAt(file, at, BLOCK_HEADER);
    if (header.length < BLOCK_HEADER) break;
    const head = viewOf(header).getUint32(0, false);
    isLast = ((head >>> 24) & LAST_BLOCK) !== 0;
    at += BLOCK_HEADER + (head & 0xffffff);
  }
  return { info, framesAt: Math.min(at, end) };
}

function streamInfo(bytes: Uint8Array): FlacStreamInfo {
  const view = viewOf(bytes);
  // 20 bits of rate, 3 of channels, 5 of bits, 36 of length.
  const packed = view.getBigUint64(10, false);
  const frames = Number(packed & 0xfffffffffn);
  return {
    sampleRate: Number(packed >> 44n),
    channelCount: Number((packed >> 41n) & 7n) + 1,
    bitsPerSample: Number((packed >> 36n) & 31n) + 1,
    frames: frames === 0 ? null : frames,
    blockFrames: view.getUint16(2, false),
    bytes,
  };
}
