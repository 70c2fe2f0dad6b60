/** How samples are stored. */
export interface SampleFormat {
  readonly kind: "integer" | "float";
  readonly bits: 8 | 16 | 24 | 32 | 64;
}

export const bytesPerSample = ({ bits }: SampleFormat): number => bits / 8;

export const describeSamples = ({ kind, bits }: SampleFormat): string =>
  kind === "integer" ? `${bits}-bit PCM` : `${bits}-bit float`;

/**
 * Interleaved little-endian samples as one array per channel. Integers are divided by 2^(bits − 1); 8-bit ones are
 * unsigned, as RIFF has it.
 */
export function deinterleave(
  bytes: DataView,
  format: SampleFormat,
  channelCount: number,
  frames: number,
): Float32Array<ArrayBuffer>[] {
  const at = sampleReader(bytes, format);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0, index = channel; frame < frames; frame++, index += channelCount) {
      samples[frame] = at(index);
    }
    return samples;
  });
}

function sampleReader(bytes: DataView, { kind, bits }: SampleFormat): (index: number) => number {
  if (kind === "float") {
    return bits === 64
      ? (index) => bytes.getFloat64(index * 8, true)
      : (index) => bytes.getFloat32(index * 4, true);
  }
  switch (bits) {
    case 8:
      return (index) => (bytes.getUint8(index) - 128) / 128;
    case 16:
      return (index) => bytes.getInt16(index * 2, true) / 32768;
    case 24:
      return (index) => (bytes.getUint16(index * 3, true) + bytes.getInt8(index * 3 + 2) * 65536) / 8388608;
    case 32:
    case 64:
      return (index) => bytes.getInt32(index * 4, true) / 2147483648;
  }
}
