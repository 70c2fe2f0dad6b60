import { BYTES_PER_SAMPLE, type WavEncoding } from "./pcmEncoder.ts";

export interface WavFacts {
  readonly sampleRate: number;
  readonly channelCount: number;
  readonly encoding: WavEncoding;
  readonly frames: number;
}

/** The 28 bytes that become RF64's sizes (EBU Tech 3306) where a file grows beyond 4 GB. */
const LONG_SIZES_BYTES = 28;
const FORMAT_BYTES = 40;
const UNKNOWN_SIZE = 0xffffffff;
/** Of WAVE_FORMAT_EXTENSIBLE, behind the two bytes that say how samples are stored. */
const SUBTYPE = Buffer.from("000000001000800000aa00389b71", "hex");

/** Always as long, so that it can be written again when the length is known. */
export const HEADER_BYTES = 12 + 8 + LONG_SIZES_BYTES + 8 + FORMAT_BYTES + 8;

export const dataBytesOf = ({ channelCount, encoding, frames }: WavFacts): number =>
  frames * channelCount * BYTES_PER_SAMPLE[encoding];

/** Everything before the samples. From 4 GB on RF64. */
export function wavHeader(facts: WavFacts): Buffer {
  const dataBytes = dataBytesOf(facts);
  const riffBytes = HEADER_BYTES - 8 + dataBytes + (dataBytes % 2);
  const isLong = riffBytes >= UNKNOWN_SIZE;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(isLong ? "RF64" : "RIFF", 0, "latin1");
  header.writeUInt32LE(isLong ? UNKNOWN_SIZE : riffBytes, 4);
  header.write("WAVE", 8, "latin1");
  header.write(isLong ? "ds64" : "JUNK", 12, "latin1");
  header.writeUInt32LE(LONG_SIZES_BYTES, 16);
  if (isLong) {
    header.writeBigUInt64LE(BigInt(riffBytes), 20);
    header.writeBigUInt64LE(BigInt(dataBytes), 28);
    header.writeBigUInt64LE(BigInt(facts.frames), 36);
  }
  writeFormat(header, 20 + LONG_SIZES_BYTES, facts);
  header.write("data", HEADER_BYTES - 8, "latin1");
  header.writeUInt32LE(isLong ? UNKNOWN_SIZE : dataBytes, HEADER_BYTES - 4);
  return header;
}

function writeFormat(header: Buffer, at: number, { sampleRate, channelCount, encoding }: WavFacts): void {
  const bytes = BYTES_PER_SAMPLE[encoding];
  header.write("fmt ", at, "latin1");
  header.writeUInt32LE(FORMAT_BYTES, at + 4);
  header.writeUInt16LE(0xfffe, at + 8);
  header.writeUInt16LE(channelCount, at + 10);
  header.writeUInt32LE(sampleRate, at + 12);
  header.writeUInt32LE(sampleRate * channelCount * bytes, at + 16);
  header.writeUInt16LE(channelCount * bytes, at + 20);
  header.writeUInt16LE(8 * bytes, at + 22);
  header.writeUInt16LE(22, at + 24);
  header.writeUInt16LE(8 * bytes, at + 26);
  // No speaker is named: the order is all that is known.
  header.writeUInt32LE(0, at + 28);
  header.writeUInt16LE(encoding === "float32" ? 3 : 1, at + 32);
  SUBTYPE.copy(header, at + 34);
}
