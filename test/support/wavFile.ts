/** How the samples of a generated recording are stored. */
export type Encoding = "pcm8" | "pcm16" | "pcm24" | "pcm32" | "float32" | "float64";

export interface WavOptions {
  readonly encoding?: Encoding;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly frames?: number;
  /** −1 to 1; frame and channel count from 0. */
  readonly sample?: (frame: number, channel: number) => number;
  readonly extensible?: boolean;
  /** What the header says instead of the real sizes. */
  readonly claimedSize?: number;
  /** Chunks between the format and the data. */
  readonly extraChunks?: readonly Uint8Array[];
}

/** Bits, the largest value and the format code of each encoding. */
const LAYOUT: Record<Encoding, { readonly bits: number; readonly code: 1 | 3 }> = {
  pcm8: { bits: 8, code: 1 },
  pcm16: { bits: 16, code: 1 },
  pcm24: { bits: 24, code: 1 },
  pcm32: { bits: 32, code: 1 },
  float32: { bits: 32, code: 3 },
  float64: { bits: 64, code: 3 },
};

/** The tests' own writer of WAV files: written from the format's description, not from the reader. */
export function wavFile(options: WavOptions = {}): Uint8Array {
  const { encoding = "pcm16", sampleRate = 8000, channels = 1, frames = 4000, sample = silence } = options;
  const { bits, code } = LAYOUT[encoding];
  const data = Buffer.alloc((bits / 8) * channels * frames);
  for (let frame = 0; frame < frames; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = (frame * channels + channel) * (bits / 8);
      writeSample(data, at, encoding, sample(frame, channel));
    }
  }
  const format = formatChunk(options.extensible === true, code, channels, sampleRate, bits);
  const body = Buffer.concat([
    Buffer.from("WAVE"),
    chunk("fmt ", format),
    ...(options.extraChunks ?? []),
    chunk("data", data, options.claimedSize),
  ]);
  return chunk("RIFF", body, options.claimedSize);
}

/** Name, size, contents, and a byte of padding after an odd size. */
export function chunk(name: string, contents: Uint8Array, claimedSize = contents.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(claimedSize, 4);
  return Buffer.concat([head, contents, Buffer.alloc(contents.length % 2)]);
}

const silence = (): number => 0;

function formatChunk(
  extensible: boolean,
  code: number,
  channels: number,
  sampleRate: number,
  bits: number,
): Buffer {
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : code, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE((sampleRate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    Buffer.from("0000000000001000800000aa00389b71", "hex").copy(format, 24);
    format.writeUInt16LE(code, 24);
  }
  return format;
}

function writeSample(data: Buffer, at: number, encoding: Encoding, value: number): void {
  switch (encoding) {
    case "pcm8":
      data.writeUInt8(Math.round(value * 128) + 128, at);
      break;
    case "pcm16":
      data.writeInt16LE(Math.round(value * 2 ** 15), at);
      break;
    case "pcm24":
      data.writeIntLE(Math.round(value * 2 ** 23), at, 3);
      break;
    case "pcm32":
      data.writeInt32LE(Math.round(value * 2 ** 31), at);
      break;
    case "float32":
      data.writeFloatLE(value, at);
      break;
    case "float64":
      data.writeDoubleLE(value, at);
      break;
  }
}
