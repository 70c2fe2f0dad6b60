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
  const spread = spreadOf(bytes, format, channelCount);
  return Array.from({ length: channelCount }, (_, channel) => {
    const own = new Float32Array(frames);
    spread(own, channel);
    return own;
  });
}

/** Puts every so many-th sample, scaled, into an array of its own. */
type Spread = (own: Float32Array, channel: number) => void;

/** A loop for each type of samples: one for all of them would be several times slower. */
function spreadOf(bytes: Uint8Array<ArrayBuffer>, format: SampleFormat, step: number): Spread {
  const { kind, bits, bigEndian, unsigned } = format;
  if (bits === 24) return spread24(bytes, step, bigEndian === true);
  if (bits === 8) return spread8(bytes, step, unsigned === true);
  const size = bits / 8;
  const whole = bytes.subarray(0, bytes.length - (bytes.length % size));
  // Typed arrays need their place aligned.
  const { buffer, byteOffset, length } = whole.byteOffset % size === 0 ? whole : new Uint8Array(whole);
  if (bigEndian) swap(Buffer.from(buffer, byteOffset, length), bits);
  const count = length / size;
  if (bits === 16) return spread16(new Int16Array(buffer, byteOffset, count), step);
  if (bits === 64) return spreadFloat64(new Float64Array(buffer, byteOffset, count), step);
  return kind === "float"
    ? spreadFloat32(new Float32Array(buffer, byteOffset, count), step)
    : spread32(new Int32Array(buffer, byteOffset, count), step);
}

function swap(bytes: Buffer, bits: 16 | 32 | 64): void {
  if (bits === 16) bytes.swap16();
  else if (bits === 32) bytes.swap32();
  else bytes.swap64();
}

const spread8 =
  (values: Uint8Array, step: number, unsigned: boolean): Spread =>
  (own, channel) => {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += step) {
      const value = values[at] ?? 0;
      own[frame] = (unsigned ? value - 128 : (value << 24) >> 24) / 128;
    }
  };

const spread16 =
  (values: Int16Array, step: number): Spread =>
  (own, channel) => {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += step)
      own[frame] = (values[at] ?? 0) / 32768;
  };

const spread24 =
  (values: Uint8Array, step: number, bigEndian: boolean): Spread =>
  (own, channel) => {
    const [low, high] = bigEndian ? [2, 0] : [0, 2];
    for (let frame = 0, at = channel * 3; frame < own.length; frame++, at += step * 3) {
      const top = ((values[at + high] ?? 0) << 24) >> 8;
      own[frame] = (top | ((values[at + 1] ?? 0) << 8) | (values[at + low] ?? 0)) / 8388608;
    }
  };

const spread32 =
  (values: Int32Array, step: number): Spread =>
  (own, channel) => {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += step)
      own[frame] = (values[at] ?? 0) / 2147483648;
  };

const spreadFloat32 =
  (values: Float32Array, step: number): Spread =>
  (own, channel) => {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += step) own[frame] = values[at] ?? 0;
  };

const spreadFloat64 =
  (values: Float64Array, step: number): Spread =>
  (own, channel) => {
    for (let frame = 0, at = channel; frame < own.length; frame++, at += step) own[frame] = values[at] ?? 0;
  };

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
