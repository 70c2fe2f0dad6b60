import type { FileHandle } from "node:fs/promises";
import { formatBytes, plural } from "../../../core/format.ts";
import type { SeekableAudioFile } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { bytesAt, textAt, viewOf } from "../bytes.ts";
import { pcmFile } from "./pcmFile.ts";
import { bytesPerSample, describeSamples, type SampleFormat } from "./samples.ts";
import { UnreadEncoding } from "./unreadEncoding.ts";

// No library: as with WAV, none reads a piece of a file without the whole of it.

/** What writers to a stream leave for a size that they don't know. */
const UNKNOWN_SIZES = [0, 0xffffffff];
/** Before the samples: offset and block size. */
const SOUND_HEADER_BYTES = 8;
const COMMON_BYTES = 22;

interface Common {
  readonly format: SampleFormat | UnreadEncoding;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly frames: number;
}

/** Opens AIFF and AIFF-C: 8 to 32-bit PCM of either byte order, 32 and 64-bit float. @throws AudioFileError */
export async function openAiff(file: FileHandle, name: string): Promise<SeekableAudioFile> {
  const { size } = await file.stat();
  const kind = textAt(await bytesAt(file, 8, 4), 0, 4);
  let common: Common | undefined;
  let sound: { readonly start: number; readonly bytes: number } | undefined;
  for (let at = 12; at + 8 <= size && !(common && sound);) {
    const head = await bytesAt(file, at, 8);
    const length = viewOf(head).getUint32(4, false);
    const id = textAt(head, 0, 4);
    if (id === "COMM") {
      common = readCommon(await bytesAt(file, at + 8, Math.min(length, COMMON_BYTES)), kind, name);
    } else if (id === "SSND") {
      const offset = await bytesAt(file, at + 8, 4);
      const start =
        at + 8 + SOUND_HEADER_BYTES + (offset.length === 4 ? viewOf(offset).getUint32(0, false) : 0);
      sound = { start, bytes: soundBytes(name, length - (start - at - 8), length, size - start) };
      // Nothing can be found behind a size that isn't known.
      if (UNKNOWN_SIZES.includes(length)) break;
    }
    at += 8 + length + (length % 2);
  }
  if (!common || !sound)
    throw refused(
      `${name} is no complete AIFF file: its ${common ? "sound" : "description"} chunk is missing. Copy or export it again.`,
    );
  const { format, channelCount, sampleRate } = common;
  if (format instanceof UnreadEncoding) throw format;
  const present = Math.floor(sound.bytes / (bytesPerSample(format) * channelCount));
  const frames = common.frames === 0 || common.frames === 0xffffffff ? present : common.frames;
  if (frames === 0 || present === 0)
    throw refused(
      `${name} holds no audio: its sound chunk is empty. Choose a recording with at least one frame.`,
    );
  if (frames > present)
    throw refused(
      `${name} is truncated: its header promises ${plural(frames, "frame")} and ${plural(present, "frame")} are there. Copy or export it again.`,
    );
  const encoding = `AIFF, ${describeSamples(format)}`;
  return pcmFile(file, name, { encoding, format, channelCount, sampleRate, frames, dataStart: sound.start });
}

const refused = (sentence: string): AudioFileError => new AudioFileError(sentence);

function soundBytes(name: string, claimed: number, length: number, present: number): number {
  if (UNKNOWN_SIZES.includes(length)) return Math.max(0, present);
  if (claimed > present)
    throw refused(
      `${name} is truncated: its header promises ${formatBytes(claimed)} of audio and ${formatBytes(Math.max(0, present))} are there. Copy or export it again.`,
    );
  return Math.max(0, claimed);
}

function readCommon(bytes: Uint8Array, kind: string, name: string): Common {
  const view = viewOf(bytes);
  const compression = kind === "AIFC" && bytes.length >= COMMON_BYTES ? textAt(bytes, 18, 4) : "NONE";
  if (bytes.length < 18)
    throw refused(`${name} is damaged: its description chunk is cut off. Copy or export it again.`);
  const channelCount = view.getInt16(0, false);
  const bits = view.getInt16(6, false);
  const sampleRate = extendedFloat(view, 8);
  if (channelCount <= 0)
    throw refused(`${name} says that it has no channels, so there is nothing to profile. Export it again.`);
  if (!(sampleRate > 0 && sampleRate < 1e9))
    throw refused(
      `${name} says that its sample rate is ${sampleRate} Hz. Export it again with its real rate.`,
    );
  const format = sampleFormat(compression, bits);
  return {
    format: format ?? new UnreadEncoding(name, plural(bits, "bit"), `AIFF encoding "${compression}"`),
    channelCount,
    sampleRate,
    frames: view.getUint32(2, false),
  };
}

/** Samples of other widths lie in the higher bits of the next whole bytes. */
function sampleFormat(compression: string, bits: number): SampleFormat | undefined {
  const whole = Math.ceil(bits / 8) * 8;
  const integer = whole === 8 || whole === 16 || whole === 24 || whole === 32 ? whole : undefined;
  switch (compression.toLowerCase()) {
    case "none":
    case "twos":
      return integer && { kind: "integer", bits: integer, bigEndian: true };
    case "sowt":
      return integer && { kind: "integer", bits: integer };
    case "raw ":
      return integer === 8 ? { kind: "integer", bits: 8, unsigned: true } : undefined;
    case "in24":
      return { kind: "integer", bits: 24, bigEndian: true };
    case "in32":
      return { kind: "integer", bits: 32, bigEndian: true };
    case "fl32":
      return { kind: "float", bits: 32, bigEndian: true };
    case "fl64":
      return { kind: "float", bits: 64, bigEndian: true };
    default:
      return undefined;
  }
}

/** The 80-bit number of the 68881: sign and exponent, then a fraction with its leading one. */
function extendedFloat(view: DataView, at: number): number {
  const exponent = (view.getUint16(at, false) & 0x7fff) - 16383;
  return (view.getUint32(at + 2, false) * 2 ** 32 + view.getUint32(at + 6, false)) * 2 ** (exponent - 63);
}
