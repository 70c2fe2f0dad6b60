import type { FileHandle } from "node:fs/promises";
import { bytesAt, textAt } from "./bytes.ts";
import { ByteWindow } from "./byteWindow.ts";
import { isFrame } from "./mpeg/frames.ts";
import { soundSpan } from "./tags.ts";

/** What a file is by its contents; what is read by ffmpeg has its name. */
export type Recognised =
  | { readonly kind: "wav" | "aiff" | "mpeg" | "flac" | "vorbis" | "opus" | "unknown" | "empty" }
  | { readonly kind: "ffmpeg"; readonly name: string };

interface Signature {
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

/** Containers and codecs by their magic numbers; the more exact ones first. */
const SIGNATURES: readonly Signature[] = [
  { name: "Ogg Speex", at: 28, text: "Speex   " },
  { name: "Ogg FLAC", at: 28, text: "\x7fFLAC" },
  { name: "Ogg", at: 0, text: "OggS" },
  { name: "MPEG-4 audio or video", at: 4, text: "ftyp" },
  { name: "QuickTime", at: 4, text: "moov" },
  { name: "QuickTime", at: 4, text: "mdat" },
  { name: "QuickTime", at: 4, text: "wide" },
  { name: "Matroska or WebM", at: 0, text: "\x1aE\xdf\xa3" },
  { name: "WMA or ASF", at: 0, text: "\x30\x26\xb2\x75\x8e\x66\xcf\x11" },
  { name: "AVI", at: 8, text: "AVI " },
  { name: "Wave64", at: 0, text: "riff\x2e\x91\xcf\x11" },
  { name: "Core Audio", at: 0, text: "caff" },
  { name: "Sun audio", at: 0, text: ".snd" },
  { name: "AMR", at: 0, text: "#!AMR" },
  { name: "WavPack", at: 0, text: "wvpk" },
  { name: "Monkey's Audio", at: 0, text: "MAC " },
  { name: "True Audio", at: 0, text: "TTA1" },
  { name: "Musepack", at: 0, text: "MPCK" },
  { name: "Flash video", at: 0, text: "FLV\x01" },
  { name: "AIFF with compressed sound", at: 8, text: "8SVX" },
  { name: "MPEG video", at: 0, text: "\0\0\x01\xba" },
  { name: "AC-3", at: 0, text: "\x0bw" },
];

const HEAD_BYTES = 64;
/** Of an MPEG transport stream, which begins each packet with the same byte. */
const TRANSPORT_PACKET = 188;
const TRANSPORT_SYNC = 0x47;

export async function recognise(file: FileHandle): Promise<Recognised> {
  const first = textOf(await bytesAt(file, 0, HEAD_BYTES));
  if (first === "") return { kind: "empty" };
  if (/^(RIFF|RF64|BW64)/.test(first) && first.startsWith("WAVE", 8)) return { kind: "wav" };
  if (first.startsWith("FORM") && /^AIF[FC]/.test(first.slice(8))) return { kind: "aiff" };
  const { start, end } = await soundSpan(file);
  const bytes = await bytesAt(file, start, HEAD_BYTES);
  const head = textOf(bytes);
  if (head.startsWith("fLaC")) return { kind: "flac" };
  if (head.startsWith("OggS")) {
    const codec = await codecOfOgg(file, start);
    if (codec) return { kind: codec };
  }
  const found = SIGNATURES.find(({ at, text }) => head.startsWith(text, at));
  if (found) return { kind: "ffmpeg", name: found.name };
  if (isAdts(bytes)) return { kind: "ffmpeg", name: "AAC" };
  if (await isTransportStream(file)) return { kind: "ffmpeg", name: "MPEG transport stream" };
  // A tag in front is as good as a second frame behind the first one.
  if (start > 0 || (await isFrame(new ByteWindow(file, start, end)))) return { kind: "mpeg" };
  return { kind: "unknown" };
}

const textOf = (bytes: Uint8Array): string => textAt(bytes, 0, bytes.length);

/** The first stream that is one of sound: pictures may come before it. */
async function codecOfOgg(file: FileHandle, start: number): Promise<"vorbis" | "opus" | null> {
  const head = textOf(await bytesAt(file, start, 4096));
  for (let page = 0; page >= 0; page = head.indexOf("OggS", page + 1)) {
    if (head.startsWith("\x01vorbis", page + 28)) return "vorbis";
    if (head.startsWith("OpusHead", page + 28)) return "opus";
  }
  return null;
}

/** AAC in a stream of its own: eleven set bits as MPEG audio has them, and layer 0, which that doesn't have. */
const isAdts = ([first = 0, second = 0]: Uint8Array): boolean => first === 0xff && (second & 0xf6) === 0xf0;

async function isTransportStream(file: FileHandle): Promise<boolean> {
  const bytes = await bytesAt(file, 0, 3 * TRANSPORT_PACKET);
  return [0, 1, 2].every((packet) => bytes[packet * TRANSPORT_PACKET] === TRANSPORT_SYNC);
}
