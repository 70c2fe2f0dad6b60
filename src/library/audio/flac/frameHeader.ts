import { crc8 } from "./crc8.ts";
import type { FlacStreamInfo } from "./streamInfo.ts";

/** The header of a FLAC frame (RFC 9639, 9.1). */
export interface FlacFrameHeader {
  /** Of its first sample in the file. */
  readonly startFrame: number;
  /** In samples per channel. */
  readonly frames: number;
  readonly channelCount: number;
  /** Null where it is that of the stream. */
  readonly bitsPerSample: number | null;
  /** Null where it is that of the stream. */
  readonly sampleRate: number | null;
  readonly bytes: number;
}

/** The longest: two bytes of sync, two of codes, seven of number, two of block size, two of rate, and the checksum. */
export const LONGEST_HEADER = 16;

const BITS = [null, 8, 12, undefined, 16, 20, 24, 32] as const;
const RATES = [null, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000] as const;

/** Null where these bytes are no header with a right checksum. */
export function flacFrameHeader(
  bytes: Uint8Array,
  at: number,
  { blockFrames }: FlacStreamInfo,
): FlacFrameHeader | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  if (a !== 0xff || (b & 0xfe) !== 0xf8 || (d & 1) === 1) return null;
  const channelCode = d >> 4;
  const bitsPerSample = BITS[((d >> 1) & 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7];
  const sizeCode = c >> 4;
  const rateCode = c & 15;
  if (bitsPerSample === undefined || channelCode > 10 || sizeCode === 0 || rateCode === 15) return null;
  const number = codedNumber(bytes, at + 4);
  if (!number) return null;
  let end = number.end;
  const next = (count: number): number => {
    end += count;
    return count === 1 ? (bytes[end - 1] ?? 0) : ((bytes[end - 2] ?? 0) << 8) | (bytes[end - 1] ?? 0);
  };
  const frames = blockSize(sizeCode, next);
  const sampleRate = rateOf(rateCode, next);
  if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return null;
  // Frames of one size are numbered, those of several say where they begin.
  const isVariable = (b & 1) === 1;
  return {
    startFrame: isVariable ? number.value : number.value * blockFrames,
    frames,
    channelCount: channelCode < 8 ? channelCode + 1 : 2,
    bitsPerSample,
    sampleRate,
    bytes: end + 1 - at,
  };
}

function blockSize(code: number, next: (count: number) => number): number {
  if (code === 1) return 192;
  if (code <= 5) return 576 << (code - 2);
  if (code === 6) return next(1) + 1;
  if (code === 7) return next(2) + 1;
  return 256 << (code - 8);
}

function rateOf(code: number, next: (count: number) => number): number | null {
  if (code === 12) return next(1) * 1000;
  if (code === 13) return next(2);
  if (code === 14) return next(2) * 10;
  return RATES[code] ?? null;
}

/** Coded as UTF-8 codes characters, up to 36 bits. */
function codedNumber(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { value: first, end: at + 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return null;
  let value = first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return null;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, end: at + length };
}
