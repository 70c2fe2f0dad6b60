import type { Channels } from "../audioFile.ts";

/** How samples are stored. */
export interface SampleFormat {
  readonly kind: "integer" | "float";
  readonly bits: 8 | 16 | 24 | 32 | 64;
  /** 8-bit samples of WAV are unsigned. */
  readonly unsigned?: boolean;
  /** The most significant byte first, as in AIFF. */
  readonly bigEndian?: boolean;
}

export const bytesPerSample = ({ bits }: SampleFormat): number => bits / 8;

export const describeSamples = ({ kind, bits }: SampleFormat): string =>
  kind === "integer" ? `${bits}-bit PCM` : `${bits}-bit float`;

/** Interleaved samples as one array per channel. Integers are divided by 2^(bits − 1). Swaps `bytes` in place. */
export function deinterleave(
  bytes: Uint8Array<ArrayBuffer>,
  format: SampleFormat,
  channelCount: number,
  frames: number,
): Channels {
  const samples = samplesOf(bytes, format);
  return Array.from({ length: channelCount }, (_, channel) => {
    const own = new Float32Array(frames);
    spread(samples, format, channelCount, channel, own);
    return own;
  });
}

type Samples =
  | {
      readonly of: "numbers";
      readonly values: Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
    }
  | { readonly of: "bytes"; readonly values: Uint8Array };

/** As the processor reads them; where it has no such type, as bytes. */
function samplesOf(bytes: Uint8Array<ArrayBuffer>, format: SampleFormat): Samples {
  const { kind, bits, bigEndian } = format;
  if (bits === 24 || format.unsigned) return { of: "bytes", values: bytes };
  if (bits === 8)
    return { of: "numbers", values: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
  const size = bits / 8;
  const whole = bytes.subarray(0, bytes.length - (bytes.length % size));
  // Typed arrays need their place aligned.
  const aligned = whole.byteOffset % size === 0 ? whole : new Uint8Array(whole);
  if (bigEndian) swap(aligned, bits);
  const { buffer, byteOffset } = aligned;
  const count = aligned.length / size;
  if (bits === 16) return { of: "numbers", values: new Int16Array(buffer, byteOffset, count) };
  if (bits === 64) return { of: "numbers", values: new Float64Array(buffer, byteOffset, count) };
  return {
    of: "numbers",
    values:
      kind === "float"
        ? new Float32Array(buffer, byteOffset, count)
        : new Int32Array(buffer, byteOffset, count),
  };
}

function swap(bytes: Uint8Array<ArrayBuffer>, bits: 16 | 32 | 64): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bits === 16) buffer.swap16();
  else if (bits === 32) buffer.swap32();
  else buffer.swap64();
}

function spread(
  samples: Samples,
  { kind, bits, unsigned, bigEndian }: SampleFormat,
  channelCount: number,
  channel: number,
  own: Float32Array,
): void {
  const { values } = samples;
  const scale = kind === "float" ? 1 : 2 ** (1 - bits);
  if (samples.of === "numbers") {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += channelCount)
      own[frame] = (values[at] ?? 0) * scale;
  } else if (unsigned) {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += channelCount)
      own[frame] = ((values[at] ?? 0) - 128) * scale;
  } else {
    const [low, high] = bigEndian ? [2, 0] : [0, 2];
    for (let frame = 0, at = channel * 3; frame < own.length; frame++, at += channelCount * 3) {
      const top = ((values[at + high] ?? 0) << 24) >> 8;
      own[frame] = (top | ((values[at + 1] ?? 0) << 8) | (values[at + low] ?? 0)) * scale;
    }
  }
}

/** As 32-bit floats in the processor's byte order, one frame after the other. */
export function interleave(channels: Channels): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0;
  const samples = new Float32Array(frames * channels.length);
  for (const [channel, own] of channels.entries()) {
    for (let frame = 0, at = channel; frame < frames; frame++, at += channels.length)
      samples[at] = own[frame] ?? 0;
  }
  return new Uint8Array(samples.buffer);
}
