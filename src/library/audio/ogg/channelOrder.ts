import type { Channels } from "../audioFile.ts";

/**
 * Vorbis and Opus (RFC 7845, 5.1.1.2) put the centre second and the bass last; WAV has left, right, centre, bass, then
 * back and side. By channel count, where in theirs each of WAV's channels lies.
 */
const FROM_XIPH: Readonly<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
};

export const inOrderOfWav = (channels: Channels): Channels =>
  FROM_XIPH[channels.length]?.map((from) => channels[from] ?? new Float32Array()) ?? channels;
