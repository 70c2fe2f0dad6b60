export interface AiffOptions {
  /** Of AIFF-C: `sowt`, `fl32`, …; plain AIFF where it isn't given. */
  readonly compression?: string;
  readonly bits: 8 | 16 | 24 | 32 | 64;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly frames: number;
  /** −1 to 1. */
  readonly sample: (frame: number, channel: number) => number;
  /** What the header says instead of the real number of frames. */
  readonly claimedFrames?: number;
  readonly claimedSize?: number;
}

/** The tests' own writer of AIFF and AIFF-C files: written from the format's description, not from the reader. */
export function aiffFile(options: AiffOptions): Buffer {
  const { compression, bits, sampleRate = 8000, channels = 1, frames, sample } = options;
  const data = Buffer.alloc((frames * channels * bits) / 8);
  for (let index = 0; index < frames * channels; index++) {
    const value = sample(Math.floor(index / channels), index % channels);
    writeSample(data, (index * bits) / 8, bits, compression, value);
  }
  const common = Buffer.alloc(18);
  common.writeInt16BE(channels, 0);
  common.writeUInt32BE(options.claimedFrames ?? frames, 2);
  common.writeInt16BE(bits, 6);
  extended(sampleRate).copy(common, 8);
  const kind = compression === undefined ? Buffer.alloc(0) : Buffer.from(`${compression}\0\0`);
  const body = Buffer.concat([
    Buffer.from(compression === undefined ? "AIFF" : "AIFC"),
    bigChunk("COMM", Buffer.concat([common, kind])),
    bigChunk("SSND", Buffer.concat([Buffer.alloc(8), data]), options.claimedSize),
  ]);
  return bigChunk("FORM", body);
}

/** As a chunk of RIFF with its size the other way round. */
function bigChunk(name: string, contents: Uint8Array, claimedSize = contents.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32BE(claimedSize, 4);
  return Buffer.concat([head, contents, Buffer.alloc(contents.length % 2)]);
}

/** A whole number as an 80-bit float: the exponent, then the digits with the leading one on the left. */
function extended(value: number): Buffer {
  const bytes = Buffer.alloc(10);
  const exponent = Math.floor(Math.log2(value));
  bytes.writeUInt16BE(16383 + exponent, 0);
  bytes.writeBigUInt64BE(BigInt(value) << BigInt(63 - exponent), 2);
  return bytes;
}

function writeSample(
  data: Buffer,
  at: number,
  bits: number,
  compression: string | undefined,
  value: number,
): void {
  if (compression === "fl32") data.writeFloatBE(value, at);
  else if (compression === "fl64") data.writeDoubleBE(value, at);
  else if (compression === "raw ") data.writeUInt8(Math.round(value * 128) + 128, at);
  else if (compression === "sowt") data.writeIntLE(Math.round(value * 2 ** (bits - 1)), at, bits / 8);
  else data.writeIntBE(Math.round(value * 2 ** (bits - 1)), at, bits / 8);
}
