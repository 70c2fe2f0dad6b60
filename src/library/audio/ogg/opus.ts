import type { FileHandle } from "node:fs/promises";
import type { AudioFile } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { textAt, viewOf } from "../bytes.ts";
import { compressedFile } from "../compressedFile.ts";
import { decodeOgg, oggHeaders, type OggCodec } from "./oggSound.ts";
import { OPUS_RATE, OpusDecoder, type OpusLayout } from "./opusDecoder.ts";

/** What the first packet says (RFC 7845, 5.1). */
interface OpusHead extends OpusLayout {
  readonly preSkip: number;
  readonly gain: number;
}

const HEAD_BYTES = 19;

/** Opens Ogg Opus, which is always of 48 kHz. @throws AudioFileError */
export async function openOpus(file: FileHandle, name: string): Promise<AudioFile> {
  const [first] = await oggHeaders(file, OPUS);
  const head = first && opusHead(first);
  if (!head)
    throw new AudioFileError(`${name} is an Opus file whose headers are damaged. Copy or export it again.`);
  return compressedFile(file, name, {
    sampleRate: OPUS_RATE,
    channelCount: head.channelCount,
    encoding: "Ogg Opus",
    frames: null,
    decode: (run) => decodeOgg(file, OPUS, run),
  });
}

const OPUS: OggCodec = {
  headers: 2,
  isFirstHeader: (packet) => textAt(packet, 0, 8) === "OpusHead",
  async open([first = new Uint8Array()]) {
    const head = opusHead(first);
    if (!head) throw new Error("its headers are damaged");
    const decoder = await OpusDecoder.create(head);
    const { channelCount, preSkip, gain } = head;
    return { sampleRate: OPUS_RATE, channelCount, preSkip, decode: (packet) => decoder.decode(packet, gain) };
  },
};

/** Null where it makes no sense. */
function opusHead(packet: Uint8Array): OpusHead | null {
  if (packet.length < HEAD_BYTES) return null;
  const view = viewOf(packet);
  const channelCount = view.getUint8(9);
  const family = view.getUint8(18);
  const facts = { channelCount, preSkip: view.getUint16(10, true), gain: gainOf(view.getInt16(16, true)) };
  if (channelCount === 0) return null;
  if (family === 0) {
    if (channelCount > 2) return null;
    return { ...facts, streams: 1, coupledStreams: channelCount - 1, mapping: [0, 1].slice(0, channelCount) };
  }
  const mapping = [...packet.subarray(21, 21 + channelCount)];
  const [streams = 0, coupledStreams = 0] = packet.subarray(19, 21);
  const isWhole = mapping.length === channelCount && streams > 0 && coupledStreams <= streams;
  const known = streams + coupledStreams;
  if (!isWhole || mapping.some((from) => from >= known && from !== 255)) return null;
  return { ...facts, streams, coupledStreams, mapping };
}

/** In 1/256 dB. */
const gainOf = (units: number): number => 10 ** (units / 256 / 20);
