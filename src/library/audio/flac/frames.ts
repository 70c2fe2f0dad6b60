import type { TellProblem } from "../compressedFile.ts";
import type { ByteWindow } from "../byteWindow.ts";
import { flacFrameHeader, LONGEST_HEADER, type FlacFrameHeader } from "./frameHeader.ts";
import type { FlacStreamInfo } from "./streamInfo.ts";

// No library: libFLAC takes frames one by one, and the parser its package brings is under the LGPL.

export interface FlacFrame {
  readonly header: FlacFrameHeader;
  /** Valid until the next frame is asked for. */
  readonly bytes: Uint8Array;
}

/** Cuts a stream into frames. A frame ends where the header of the one that continues it begins. */
export async function* flacFrames(
  window: ByteWindow,
  info: FlacStreamInfo,
  onLost: TellProblem,
): AsyncGenerator<FlacFrame, void, undefined> {
  const first = await nextHeader(window, info, { from: 0, frame: 0 });
  if (first.at > 0) onLost("bytes that are no frame");
  window.skip(first.at);
  for (let { header } = first; header;) {
    const after = { from: header.bytes, frame: header.startFrame + header.frames };
    const next = await nextHeader(window, info, after);
    yield { header, bytes: window.bytes.subarray(0, next.at) };
    if (next.isLost) onLost("bytes that are no frame");
    window.skip(next.at);
    header = next.header;
  }
}

interface Found {
  /** From the window's beginning. */
  readonly at: number;
  readonly header: FlacFrameHeader | null;
  /** What lies before it doesn't end where it begins. */
  readonly isLost: boolean;
}

/** The header of the frame that is due; where it doesn't come in time, the first one of a later frame; else the end. */
async function nextHeader(
  window: ByteWindow,
  info: FlacStreamInfo,
  due: { readonly from: number; readonly frame: number },
): Promise<Found> {
  let later: Found | null = null;
  for (let from = due.from; ; from += 1) {
    await window.need(from + LONGEST_HEADER);
    const at = window.bytes.indexOf(0xff, from);
    from = at < 0 ? window.length : at;
    if (!(await window.need(from + 1))) return later ?? { at: window.length, header: null, isLost: false };
    if (later && from > longestFrame(info)) return later;
    await window.need(from + LONGEST_HEADER);
    const header = flacFrameHeader(window.bytes, from, info);
    if (!header || !fits(header, info) || header.startFrame < due.frame) continue;
    if (header.startFrame === due.frame) return { at: from, header, isLost: false };
    later ??= { at: from, header, isLost: true };
  }
}

/** Everything stored as it is, with its headers. */
const longestFrame = ({ channelCount, bitsPerSample, blockFrames }: FlacStreamInfo): number =>
  blockFrames * channelCount * Math.ceil((bitsPerSample + 1) / 8) + 1024;

const fits = (header: FlacFrameHeader, info: FlacStreamInfo): boolean =>
  header.channelCount === info.channelCount &&
  (header.bitsPerSample ?? info.bitsPerSample) === info.bitsPerSample &&
  (header.sampleRate ?? info.sampleRate) === info.sampleRate &&
  header.startFrame < (info.frames ?? Infinity);
