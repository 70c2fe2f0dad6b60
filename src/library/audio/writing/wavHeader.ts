import type { FileMark } from "../../files/mayReplace.ts";
import { BYTES_PER_SAMPLE, type WavEncoding } from "./pcmEncoder.ts";

export interface WavFacts {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding: WavEncoding;
  /** Stands among the tags; empty where there is none. */
  readonly comment: string;
  readonly frames: number;
}

/** The 28 bytes that become RF64's sizes (EBU Tech 3306) where a file grows beyond 4 GB. */
const LONG_SIZES_BYTES = 28;
const FORMAT_BYTES = 40;
const UNKNOWN_SIZE = 0xffffffff;
/** Of WAVE_FORMAT_EXTENSIBLE, behind the two bytes that say how samples are stored. */
const SUBTYPE = Buffer.from("000000001000800000aa00389b71", "hex");

const RIFF_HEAD = "RIFF    WAVE";
const CHUNK_HEAD_BYTES = 8;

/** Behind the sizes and the format. */
const TAGS_AT = RIFF_HEAD.length + (CHUNK_HEAD_BYTES + LONG_SIZES_BYTES) + (CHUNK_HEAD_BYTES + FORMAT_BYTES);

/** Known before the frames are: the header can be written again when they are counted. */
export const headerBytes = ({ comment }: Pick<WavFacts, "comment">): number =>
  TAGS_AT + tags(comment).length + CHUNK_HEAD_BYTES;

export const dataBytesOf = ({ channelCount, encoding, frames }: WavFacts): number =>
  frames * channelCount * BYTES_PER_SAMPLE[encoding];

/** Everything before the samples. From 4 GB on RF64. */
export function wavHeader(facts: WavFacts): Buffer {
  const length = headerBytes(facts);
  const dataBytes = dataBytesOf(facts);
  const riffBytes = length - CHUNK_HEAD_BYTES + dataBytes + (dataBytes % 2);
  const isLong = riffBytes >= UNKNOWN_SIZE;
  const riff = Buffer.from(isLong ? RIFF_HEAD.replace("RIFF", "RF64") : RIFF_HEAD, "latin1");
  riff.writeUInt32LE(isLong ? UNKNOWN_SIZE : riffBytes, 4);
  const sizes = Buffer.alloc(LONG_SIZES_BYTES);
  if (isLong) {
    sizes.writeBigUInt64LE(BigInt(riffBytes), 0);
    sizes.writeBigUInt64LE(BigInt(dataBytes), 8);
    sizes.writeBigUInt64LE(BigInt(facts.frames), 16);
  }
  return Buffer.concat([
    riff,
    chunk(isLong ? "ds64" : "JUNK", sizes),
    chunk("fmt ", format(facts)),
    tags(facts.comment),
    chunkHead("data", isLong ? UNKNOWN_SIZE : dataBytes),
  ]);
}

/** What files with this comment have behind their format, as these headers lay it: other programs arrange their chunks in other ways. */
export const wavMark = (comment: string): FileMark => ({
  bytes: Buffer.concat([tags(comment), Buffer.from("data", "latin1")]),
  at: TAGS_AT,
});

/** Padded to an even length, as RIFF has it. */
const chunk = (id: string, body: Buffer): Buffer =>
  Buffer.concat([chunkHead(id, body.length), body, Buffer.alloc(body.length % 2)]);

function chunkHead(id: string, length: number): Buffer {
  const head = Buffer.alloc(CHUNK_HEAD_BYTES);
  head.write(id, 0, "latin1");
  head.writeUInt32LE(length, 4);
  return head;
}

/** A text ends with a zero, in UTF-8 as ffmpeg writes and reads it. */
const tags = (comment: string): Buffer =>
  comment === ""
    ? Buffer.alloc(0)
    : chunk("LIST", Buffer.concat([Buffer.from("INFO"), chunk("ICMT", Buffer.from(`${comment}\0`))]));

function format({ sampleRate, channelCount, encoding }: WavFacts): Buffer {
  const bytes = BYTES_PER_SAMPLE[encoding];
  const body = Buffer.alloc(FORMAT_BYTES);
  body.writeUInt16LE(0xfffe, 0);
  body.writeUInt16LE(channelCount, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * channelCount * bytes, 8);
  body.writeUInt16LE(channelCount * bytes, 12);
  body.writeUInt16LE(8 * bytes, 14);
  body.writeUInt16LE(22, 16);
  body.writeUInt16LE(8 * bytes, 18);
  // No speaker is named: the order is all that is known.
  body.writeUInt32LE(0, 20);
  body.writeUInt16LE(encoding === "float32" ? 3 : 1, 24);
  SUBTYPE.copy(body, 26);
  return body;
}
