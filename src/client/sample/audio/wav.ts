import type { Hertz } from "../../../core/units.ts";

export interface Recording {
  readonly sampleRate: Hertz;
  /** One array per channel, nominally −1 to 1. */
  readonly channels: readonly Float32Array[];
}

const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;

/** A WAV file of 16-bit PCM. */
export function wavBytes({ sampleRate, channels }: Recording): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const dataBytes = frames * channels.length * SAMPLE_BYTES;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes));
  writeHeader(view, sampleRate, channels.length, dataBytes);
  channels.forEach((samples, channel) => {
    let at = HEADER_BYTES + channel * SAMPLE_BYTES;
    for (const sample of samples) {
      view.setInt16(at, Math.round(Math.min(1, Math.max(-1, sample)) * 32_767), true);
      at += channels.length * SAMPLE_BYTES;
    }
  });
  return new Uint8Array(view.buffer);
}

function writeHeader(view: DataView, sampleRate: number, channelCount: number, dataBytes: number): void {
  const word = (at: number, letters: string): void => {
    for (let i = 0; i < letters.length; i += 1) view.setUint8(at + i, letters.charCodeAt(i));
  };
  const frameBytes = channelCount * SAMPLE_BYTES;
  word(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, SAMPLE_BYTES * 8, true);
  word(36, "data");
  view.setUint32(40, dataBytes, true);
}
