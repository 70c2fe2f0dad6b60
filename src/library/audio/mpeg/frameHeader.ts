/** The header of an MPEG audio frame (ISO 11172-3, ISO 13818-3, and the unofficial 2.5). */
export interface MpegFrameHeader {
  readonly version: 1 | 2 | 2.5;
  readonly layer: 1 | 2 | 3;
  readonly sampleRate: number;
  readonly channelCount: 1 | 2;
  /** Header included. */
  readonly bytes: number;
  /** In samples per channel. */
  readonly frames: number;
  /** Where in the frame of layer 3 the audio begins: behind header and side information. */
  readonly sideInfoEnd: number;
}

export const HEADER_BYTES = 4;

const RATES = { 1: [44100, 48000, 32000], 2: [22050, 24000, 16000], 2.5: [11025, 12000, 8000] } as const;

/** Kilobits per second by index, from index 1: the version's family and the layer choose the row. */
const BITRATES: Readonly<Record<string, readonly number[]>> = {
  "1/1": [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  "1/2": [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  "1/3": [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  "2/1": [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  "2/2": [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  "2/3": [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};

/** Null where these four bytes are no header, or one of a free bitrate, whose length nothing tells. */
export function mpegFrameHeader(bytes: Uint8Array, at = 0): MpegFrameHeader | null {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + HEADER_BYTES);
  if (a !== 0xff || (b & 0xe0) !== 0xe0 || (d & 3) === 2) return null;
  const version = ([2.5, null, 2, 1] as const)[((b >> 3) & 3) as 0 | 1 | 2 | 3];
  const layer = ([null, 3, 2, 1] as const)[((b >> 1) & 3) as 0 | 1 | 2 | 3];
  if (version === null || layer === null) return null;
  const bitrate = BITRATES[`${version === 1 ? 1 : 2}/${layer}`]?.[(c >> 4) - 1];
  const sampleRate = RATES[version][(c >> 2) & 3];
  if (bitrate === undefined || sampleRate === undefined) return null;
  const isMono = d >> 6 === 3;
  const frames = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const slots = Math.floor(((frames / 8) * bitrate * 1000) / sampleRate / (layer === 1 ? 4 : 1));
  const sideInfo = version === 1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return {
    version,
    layer,
    sampleRate,
    channelCount: isMono ? 1 : 2,
    bytes: (slots + ((c >> 1) & 1)) * (layer === 1 ? 4 : 1),
    frames,
    sideInfoEnd: HEADER_BYTES + sideInfo,
  };
}

/** What can't change within a stream. */
export const sameStream = (a: MpegFrameHeader, b: MpegFrameHeader): boolean =>
  a.version === b.version && a.layer === b.layer && a.sampleRate === b.sampleRate;
