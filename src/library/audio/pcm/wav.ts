import type { FileHandle } from "node:fs/promises";
import { formatBytes, plural } from "../../../core/format.ts";
import type { SeekableAudioFile } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { bytesAt, textAt, viewOf } from "../bytes.ts";
import { pcmFile } from "./pcmFile.ts";
import { bytesPerSample, describeSamples, type SampleFormat } from "./samples.ts";
import { UnreadEncoding } from "./unreadEncoding.ts";

// No library: the known readers hold the whole file in memory, and one needed 10 s for 60 s of audio.

const PCM = 0x0001;
const FLOAT = 0x0003;
const EXTENSIBLE = 0xfffe;
/** What writers to a stream leave for a size that they don't know. */
const UNKNOWN_SIZE = 0xffffffff;

/** Of what the chunk `fmt ` says, no more matters. */
const LONGEST_FORMAT = 40;

export interface WavFormat {
  readonly format: SampleFormat;
  readonly channelCount: number;
  readonly sampleRate: number;
}

interface WavHeader extends WavFormat {
  readonly dataStart: number;
  readonly dataBytes: number;
}

/** Opens RIFF/WAVE (and RF64): 8 to 32-bit PCM, 32 and 64-bit float, EXTENSIBLE, any channel count and rate. @throws AudioFileError */
export async function openWav(file: FileHandle, name: string): Promise<SeekableAudioFile> {
  const header = await readHeader(file, name);
  const frameBytes = bytesPerSample(header.format) * header.channelCount;
  const frames = Math.floor(header.dataBytes / frameBytes);
  if (frames === 0)
    throw refused(
      `${name} holds no audio: its data chunk is empty. Choose a recording with at least one frame.`,
    );
  return pcmFile(file, name, { ...header, frames, encoding: `WAV, ${describeSamples(header.format)}` });
}

const refused = (sentence: string): AudioFileError => new AudioFileError(sentence);

async function readHeader(file: FileHandle, name: string): Promise<WavHeader> {
  const { size } = await file.stat();
  const riffBytes = viewOf(await bytesAt(file, 4, 4)).getUint32(0, true);
  let described: WavFormat | UnreadEncoding | undefined;
  let longSize: number | undefined;
  for (let at = 12; at + 8 <= size;) {
    const head = await bytesAt(file, at, 8);
    const id = textAt(head, 0, 4);
    const length = viewOf(head).getUint32(4, true);
    if (id === "fmt ") {
      described = formatOrUnread(await bytesAt(file, at + 8, Math.min(length, LONGEST_FORMAT)), name);
    } else if (id === "ds64") {
      const sizes = await bytesAt(file, at + 8, 16);
      if (sizes.length === 16) longSize = Number(viewOf(sizes).getBigUint64(8, true));
    } else if (id === "data") {
      if (!described)
        throw refused(
          `${name} is damaged: its audio data come before the chunk that describes them. Save it anew.`,
        );
      const dataStart = at + 8;
      const claimed = longSize !== undefined && length === UNKNOWN_SIZE ? longSize : length;
      // A 0 is meant where the file ends with what its header counted.
      const isStreamed =
        claimed === UNKNOWN_SIZE || (claimed === 0 && (riffBytes === UNKNOWN_SIZE || riffBytes + 8 < size));
      const present = size - dataStart;
      const dataBytes = isStreamed ? present : wholeBytes(name, claimed, present);
      if (described instanceof UnreadEncoding) throw described;
      return { ...described, dataStart, dataBytes };
    }
    at += 8 + length + (length % 2);
  }
  throw refused(
    `${name} is no complete WAV file: its ${described ? "data" : "format"} chunk is missing. Copy or export it again.`,
  );
}

/** One that isn't read is refused only when the file is known to be whole. */
function formatOrUnread(chunk: Uint8Array, name: string): WavFormat | UnreadEncoding {
  try {
    return readWavFormat(chunk, name);
  } catch (error) {
    if (error instanceof UnreadEncoding) return error;
    throw error;
  }
}

function wholeBytes(name: string, claimed: number, present: number): number {
  if (claimed > present)
    throw refused(
      `${name} is truncated: its header promises ${formatBytes(claimed)} of audio and ${formatBytes(present)} are there. Copy or export it again.`,
    );
  return claimed;
}

/** What the chunk `fmt ` says. @throws AudioFileError */
export function readWavFormat(bytes: Uint8Array, name: string): WavFormat {
  const chunk = viewOf(bytes);
  if (chunk.byteLength < 16)
    throw refused(`${name} is damaged: its format chunk is cut off. Copy or export it again.`);
  const tag = chunk.getUint16(0, true);
  const channelCount = chunk.getUint16(2, true);
  const sampleRate = chunk.getUint32(4, true);
  const bits = chunk.getUint16(14, true);
  const code = tag === EXTENSIBLE && chunk.byteLength >= 26 ? chunk.getUint16(24, true) : tag;
  if (channelCount === 0)
    throw refused(`${name} says that it has no channels, so there is nothing to profile. Export it again.`);
  if (sampleRate === 0)
    throw refused(`${name} says that its sample rate is 0 Hz. Export it again with its real rate.`);
  const format = sampleFormat(code, bits);
  if (!format) throw new UnreadEncoding(name, plural(bits, "bit"), `WAV encoding ${code}`);
  return { format, channelCount, sampleRate };
}

function sampleFormat(code: number, bits: number): SampleFormat | undefined {
  if (code === PCM && (bits === 8 || bits === 16 || bits === 24 || bits === 32))
    return { kind: "integer", bits, unsigned: bits === 8 };
  if (code === FLOAT && (bits === 32 || bits === 64)) return { kind: "float", bits };
  return undefined;
}
