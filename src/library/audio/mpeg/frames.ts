import type { TellProblem } from "../compressedFile.ts";
import type { ByteWindow } from "../byteWindow.ts";
import { ID3V2_HEADER, id3v2Bytes } from "../tags.ts";
import { HEADER_BYTES, mpegFrameHeader, sameStream, type MpegFrameHeader } from "./frameHeader.ts";

// No library: the decoder finds its frames itself, but passes over what it doesn't understand without a word.

export interface MpegFrame {
  readonly header: MpegFrameHeader;
  /** Valid until the next frame is asked for. */
  readonly bytes: Uint8Array;
}

/** Cuts a stream into frames; `onLost` is told where something isn't one. */
export async function* mpegFrames(
  window: ByteWindow,
  onLost: TellProblem,
): AsyncGenerator<MpegFrame, void, undefined> {
  let first: MpegFrameHeader | undefined;
  while (await window.need(HEADER_BYTES)) {
    const header = mpegFrameHeader(window.bytes);
    if (!header || (first && !sameStream(first, header))) {
      if (await passTag(window)) continue;
      if (await onlyZerosFollow(window)) return;
      onLost("bytes that are no frame");
      if (!(await findFrame(window, first))) return;
      continue;
    }
    first ??= header;
    if (!(await window.need(header.bytes))) {
      onLost("the last frame is cut off", true);
      return;
    }
    yield { header, bytes: window.bytes.subarray(0, header.bytes) };
    window.skip(header.bytes);
  }
}

/** Files are put one behind the other with their tags. */
async function passTag(window: ByteWindow): Promise<boolean> {
  await window.need(ID3V2_HEADER);
  const tag = id3v2Bytes(window.bytes);
  await window.pass(tag);
  return tag > 0;
}

/** Some writers fill the last sector. */
async function onlyZerosFollow(window: ByteWindow): Promise<boolean> {
  if (window.bytes[0] !== 0) return false;
  const most = 2 ** 16;
  return !(await window.need(most)) && window.bytes.every((byte) => byte === 0);
}

/** Goes on to the next two headers that fit each other. @returns false where there are none */
export async function findFrame(window: ByteWindow, like?: MpegFrameHeader): Promise<boolean> {
  window.skip(1);
  while (await window.need(HEADER_BYTES)) {
    const at = window.bytes.indexOf(0xff);
    window.skip(at < 0 ? window.length : at);
    if (at >= 0 && (await isFrame(window, like))) return true;
    window.skip(1);
  }
  return false;
}

/** Whether a frame begins here and another one, or the end, comes right behind it. */
export async function isFrame(window: ByteWindow, like?: MpegFrameHeader): Promise<boolean> {
  if (!(await window.need(HEADER_BYTES))) return false;
  const header = mpegFrameHeader(window.bytes);
  if (!header || (like && !sameStream(like, header))) return false;
  if (!(await window.need(header.bytes + HEADER_BYTES))) return window.length === header.bytes;
  const next = mpegFrameHeader(window.bytes, header.bytes);
  return next !== null && sameStream(header, next);
}
