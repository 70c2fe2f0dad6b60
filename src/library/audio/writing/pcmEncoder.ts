/** How a WAV file stores its samples. */
export type WavEncoding = "pcm16" | "pcm24" | "pcm32" | "float32";

export const BYTES_PER_SAMPLE: Readonly<Record<WavEncoding, number>> = {
  pcm16: 2,
  pcm24: 3,
  pcm32: 4,
  float32: 4,
};

/** Makes bytes of samples, interleaved and with the least significant byte first. */
export class PcmEncoder {
  readonly #encoding: WavEncoding;
  readonly #noise: (() => number) | null;

  /** @param dither adds triangular noise of two steps before integers are rounded; the same noise each time */
  constructor(encoding: WavEncoding, dither: boolean) {
    this.#encoding = encoding;
    this.#noise = dither && encoding !== "float32" ? triangularNoise() : null;
  }

  encode(channels: readonly Float32Array[], frames: number): Uint8Array<ArrayBuffer> {
    const size = BYTES_PER_SAMPLE[this.#encoding];
    const bytes = Buffer.alloc(size * channels.length * frames);
    const write = this.#writer(bytes);
    for (let frame = 0, at = 0; frame < frames; frame++) {
      for (const samples of channels) {
        write(samples[frame] ?? 0, at);
        at += size;
      }
    }
    return bytes;
  }

  #writer(bytes: Buffer): (sample: number, at: number) => void {
    const encoding = this.#encoding;
    if (encoding === "float32") return (sample, at) => bytes.writeFloatLE(sample, at);
    const size = BYTES_PER_SAMPLE[encoding];
    const largest = 2 ** (8 * size - 1);
    const noise = this.#noise;
    return (sample, at) => {
      const value = Math.round(sample * largest + (noise ? noise() : 0));
      // What is no number becomes silence.
      const kept = Number.isNaN(value) ? 0 : Math.max(-largest, Math.min(largest - 1, value));
      bytes.writeIntLE(kept, at, size);
    };
  }
}

const SEED = 0x2545f491;

/** Triangular from −1 to 1: two even ones added (TPDF). From xorshift32 (Marsaglia 2003). */
function triangularNoise(): () => number {
  let state = SEED;
  const even = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return () => even() - even();
}
