/** What the first bytes of a file say that it is. */
export type Recognised =
  { readonly kind: "wav" } | { readonly kind: "other"; readonly name: string } | { readonly kind: "unknown" };

interface Signature {
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

/** Containers and codecs by their magic numbers; the more exact ones first. */
const SIGNATURES: readonly Signature[] = [
  { name: "FLAC", at: 0, text: "fLaC" },
  { name: "Ogg Opus", at: 28, text: "OpusHead" },
  { name: "Ogg Vorbis", at: 28, text: "\x01vorbis" },
  { name: "Ogg", at: 0, text: "OggS" },
  { name: "MP3", at: 0, text: "ID3" },
  { name: "MPEG-4 audio or video", at: 4, text: "ftyp" },
  { name: "Matroska or WebM", at: 0, text: "\x1aE\xdf\xa3" },
  { name: "WMA or ASF", at: 0, text: "\x30\x26\xb2\x75" },
  { name: "Core Audio", at: 0, text: "caff" },
  { name: "Sun audio", at: 0, text: ".snd" },
];

/** @param head the first 64 bytes or fewer */
export function recognise(head: Uint8Array): Recognised {
  const text = String.fromCharCode(...head);
  if (/^(RIFF|RF64|BW64)/.test(text) && text.startsWith("WAVE", 8)) return { kind: "wav" };
  if (text.startsWith("FORM") && /^AIF[FC]/.test(text.slice(8))) return { kind: "other", name: "AIFF" };
  const found = SIGNATURES.find(({ at, text: magic }) => text.startsWith(magic, at));
  if (found) return { kind: "other", name: found.name };
  return isMpegFrame(head) ? { kind: "other", name: "MP3 or AAC" } : { kind: "unknown" };
}

/** Eleven set bits begin an MPEG audio frame. */
const isMpegFrame = ([first = 0, second = 0]: Uint8Array): boolean =>
  first === 0xff && (second & 0xe0) === 0xe0;
