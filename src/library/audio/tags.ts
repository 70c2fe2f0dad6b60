import type { FileHandle } from "node:fs/promises";
import { bytesAt, textAt, viewOf } from "./bytes.ts";

/** Where in a file the sound lies, between the tags before and behind it. */
export interface SoundSpan {
  readonly start: number;
  readonly end: number;
}

export const ID3V2_HEADER = 10;
const ID3V1_BYTES = 128;
const APE_FOOTER = 32;
const LYRICS_FOOTER = 15;

/** Passes over ID3v2 in front, and ID3v1, APE and Lyrics3 tags at the end. */
export async function soundSpan(file: FileHandle): Promise<SoundSpan> {
  let end = (await file.stat()).size;
  let start = 0;
  for (;;) {
    const bytes = id3v2Bytes(await bytesAt(file, start, ID3V2_HEADER));
    if (bytes === 0 || start + bytes > end) break;
    start += bytes;
  }
  for (;;) {
    const tail = await bytesAt(file, Math.max(start, end - ID3V1_BYTES), Math.min(ID3V1_BYTES, end - start));
    const bytes = tagBehind(tail);
    if (bytes === 0 || end - bytes < start) break;
    end -= bytes;
  }
  return { start, end };
}

/** 0 where no tag begins here. Its size is written in groups of seven bits. */
export function id3v2Bytes(head: Uint8Array): number {
  if (head.length < ID3V2_HEADER || textAt(head, 0, 3) !== "ID3") return 0;
  const [flags = 0, a = 0, b = 0, c = 0, d = 0] = head.subarray(5, ID3V2_HEADER);
  if ((a | b | c | d) & 0x80) return 0;
  const footer = flags & 0x10 ? ID3V2_HEADER : 0;
  return ID3V2_HEADER + ((a << 21) | (b << 14) | (c << 7) | d) + footer;
}

/** How long the tag is that ends with these bytes. */
function tagBehind(tail: Uint8Array): number {
  const { length } = tail;
  if (length === ID3V1_BYTES && textAt(tail, 0, 3) === "TAG") return ID3V1_BYTES;
  if (length >= APE_FOOTER && textAt(tail, length - APE_FOOTER, 8) === "APETAGEX") {
    const footer = viewOf(tail.subarray(length - APE_FOOTER));
    const hasHeader = (footer.getUint32(20, true) & 0x80000000) !== 0;
    return footer.getUint32(12, true) + (hasHeader ? APE_FOOTER : 0);
  }
  if (length >= LYRICS_FOOTER && textAt(tail, length - 9, 9) === "LYRICS200")
    return Number.parseInt(textAt(tail, length - LYRICS_FOOTER, 6), 10) + LYRICS_FOOTER || 0;
  return 0;
}
