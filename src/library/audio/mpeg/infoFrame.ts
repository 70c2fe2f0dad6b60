import { textAt, viewOf } from "../bytes.ts";
import type { MpegFrameHeader } from "./frameHeader.ts";

/** What an encoder says of the whole file in a first frame that holds no sound. */
export interface MpegInfo {
  /** Audio frames behind it; null where it doesn't say. */
  readonly frames: number | null;
  /** Samples that the encoder added in front and behind; null where it doesn't say. */
  readonly padding: { readonly start: number; readonly end: number } | null;
  /** Of this frame and all behind it, and a checksum of those behind it; null where it doesn't say. */
  readonly whole: { readonly bytes: number; readonly checksum: number } | null;
}

/** Where VBRI lies, whatever the frame. */
const VBRI_AT = 36;
/** Of the fields that Xing's flags announce. */
const FIELD_BYTES = [4, 4, 100, 4];
/** Encoders that are known to write their delay as LAME does. */
const WITH_DELAYS = ["LAME", "Lavf", "Lavc"];
/** From the encoder's name on. */
const DELAYS_AT = 21;
const MUSIC_BYTES_AT = 28;
const MUSIC_CHECKSUM_AT = 32;
const ENCODER_BYTES = 36;

/** Reads Xing's, Info's or VBRI's header. Null where the frame is one of sound. */
export function mpegInfo(frame: Uint8Array, header: MpegFrameHeader): MpegInfo | null {
  const at = header.sideInfoEnd;
  const name = textAt(frame, at, 4);
  if (name === "Xing" || name === "Info") return xingInfo(frame, at);
  if (textAt(frame, VBRI_AT, 4) === "VBRI" && frame.length >= VBRI_AT + 18)
    return { frames: viewOf(frame).getUint32(VBRI_AT + 14, false), padding: null, whole: null };
  return null;
}

function xingInfo(frame: Uint8Array, at: number): MpegInfo {
  const view = viewOf(frame);
  if (at + 12 > frame.length) return { frames: null, padding: null, whole: null };
  const flags = view.getUint32(at + 4, false);
  const frames = flags & 1 ? view.getUint32(at + 8, false) : null;
  const fields = FIELD_BYTES.reduce((sum, bytes, bit) => sum + (flags & (1 << bit) ? bytes : 0), 0);
  const encoder = at + 8 + fields;
  const name = textAt(frame, encoder, 4);
  if (encoder + ENCODER_BYTES > frame.length || !WITH_DELAYS.includes(name))
    return { frames, padding: null, whole: null };
  const [high = 0, middle = 0, low = 0] = frame.subarray(encoder + DELAYS_AT);
  const padding = { start: (high << 4) | (middle >> 4), end: ((middle & 15) << 8) | low };
  // The others leave it out or write another one.
  if (name !== "LAME") return { frames, padding, whole: null };
  const bytes = view.getUint32(encoder + MUSIC_BYTES_AT, false);
  return { frames, padding, whole: { bytes, checksum: view.getUint16(encoder + MUSIC_CHECKSUM_AT, false) } };
}
