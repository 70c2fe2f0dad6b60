import type { FileHandle } from "node:fs/promises";
import type { AudioFile } from "../audioFile.ts";
import { AudioFileError } from "../audioFileError.ts";
import { textAt, viewOf } from "../bytes.ts";
import { compressedFile } from "../compressedFile.ts";
import { decodeOgg, oggHeaders, type OggCodec } from "./oggSound.ts";
import { VorbisDecoder } from "./vorbisDecoder.ts";

interface VorbisHead {
  readonly sampleRate: number;
  readonly channelCount: number;
}

const HEAD_BYTES = 30;

/** Opens Ogg Vorbis. @throws AudioFileError */
export async function openVorbis(file: FileHandle, name: string): Promise<AudioFile> {
  const headers = await oggHeaders(file, VORBIS);
  const head = headers.length === VORBIS.headers ? vorbisHead(headers[0]) : null;
  if (!head)
    throw new AudioFileError(`${name} is a Vorbis file whose headers are damaged. Copy or export it again.`);
  return compressedFile(file, name, {
    ...head,
    encoding: "Ogg Vorbis",
    frames: null,
    decode: (run) => decodeOgg(file, VORBIS, run),
  });
}

const VORBIS: OggCodec = {
  headers: 3,
  isFirstHeader: (packet) => textAt(packet, 0, 7) === "\x01vorbis",
  async open([identification = new Uint8Array(), , setup = new Uint8Array()]) {
    const head = vorbisHead(identification);
    if (!head) throw new Error("its headers are damaged");
    const decoder = await VorbisDecoder.create(identification, setup);
    return { ...head, preSkip: 0, decode: (packet) => decoder.decode(packet) };
  },
};

/** What the identification header says (Vorbis I, 4.2.2); null where it makes no sense. */
function vorbisHead(packet: Uint8Array | undefined): VorbisHead | null {
  if (!packet || packet.length < HEAD_BYTES) return null;
  const view = viewOf(packet);
  const [channelCount, sampleRate] = [view.getUint8(11), view.getUint32(12, true)];
  return channelCount > 0 && sampleRate > 0 ? { sampleRate, channelCount } : null;
}
