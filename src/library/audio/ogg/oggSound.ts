import type { FileHandle } from "node:fs/promises";
import type { Channels } from "../audioFile.ts";
import { ByteWindow } from "../byteWindow.ts";
import { slice } from "../channels.ts";
import type { DecodeRun } from "../compressedFile.ts";
import { inOrderOfWav } from "./channelOrder.ts";
import { oggPackets, type OggPackets } from "./packets.ts";

/** One stream of a file, from its headers on. */
export interface OggStream {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Frames at the beginning that are no sound. */
  readonly preSkip: number;
  /** @returns nothing where the packet holds none; null where it is damaged */
  decode(packet: Uint8Array): Channels | null;
}

/** A codec in Ogg. */
export interface OggCodec {
  /** How many packets come before the sound. */
  readonly headers: number;
  isFirstHeader(this: void, packet: Uint8Array): boolean;
  /** @throws Error where the headers make no sense */
  open(this: void, headers: readonly Uint8Array[]): Promise<OggStream>;
}

/** The first packets of the first stream. Fewer than there should be where the file is damaged. */
export async function oggHeaders(file: FileHandle, codec: OggCodec): Promise<readonly Uint8Array[]> {
  const headers: Uint8Array[] = [];
  const window = new ByteWindow(file, 0, (await file.stat()).size);
  for await (const { packets } of oggPackets(window, codec.isFirstHeader, () => undefined)) {
    headers.push(...packets);
    if (headers.length >= codec.headers) break;
  }
  return headers.slice(0, codec.headers);
}

/** Decodes the streams of a file one after another, each as long as its last page says. */
export async function* decodeOgg(
  file: FileHandle,
  codec: OggCodec,
  run: DecodeRun,
): AsyncGenerator<Channels, void, undefined> {
  const window = new ByteWindow(file, 0, (await file.stat()).size);
  let first: OggStream | undefined;
  let link: Link | undefined;
  for await (const page of oggPackets(window, codec.isFirstHeader, run.problem)) {
    if (page.beginsStream) link = new Link(codec);
    if (!link) continue;
    for (const channels of await link.take(page, run)) {
      const { stream } = link;
      first ??= stream;
      if (stream?.sampleRate !== first?.sampleRate || stream?.channelCount !== first?.channelCount) {
        run.problem("another rate or channel count begins, and the rest is left out");
        return;
      }
      yield inOrderOfWav(channels);
    }
    run.reached(window.position);
  }
}

/** One stream from its headers to its end: several may follow each other in a file. */
class Link {
  readonly #codec: OggCodec;
  readonly #headers: Uint8Array[] = [];
  stream: OggStream | undefined;
  /** Decoded so far, with what is skipped. */
  #position = 0;
  /** What the file's positions are more than ours, where a recording was cut out of a longer one. */
  #offset: number | undefined;

  constructor(codec: OggCodec) {
    this.#codec = codec;
  }

  async take(page: OggPackets, run: DecodeRun): Promise<Channels[]> {
    const pieces: Channels[] = [];
    const before = this.#position;
    for (const packet of page.packets) {
      if (this.#headers.length < this.#codec.headers) {
        this.#headers.push(packet);
        if (this.#headers.length === this.#codec.headers) this.stream = await this.#codec.open(this.#headers);
        continue;
      }
      const decoded = this.stream?.decode(packet);
      if (decoded === null) run.problem("a packet is damaged");
      if (!decoded?.[0]?.length) continue;
      pieces.push(decoded);
      this.#position += decoded[0].length;
    }
    const end = this.#endOf(page);
    return this.#kept(pieces, before, end);
  }

  /** Where the sound ends, in our count; only the last page says. */
  #endOf({ granule, endsStream }: OggPackets): number {
    if (granule === null || this.#position === 0) return Infinity;
    if (endsStream) return granule - (this.#offset ?? 0);
    this.#offset ??= Math.max(0, granule - this.#position);
    return Infinity;
  }

  #kept(pieces: readonly Channels[], before: number, end: number): Channels[] {
    const begin = this.stream?.preSkip ?? 0;
    let at = before;
    return pieces.flatMap((channels) => {
      const length = channels[0]?.length ?? 0;
      const [from, to] = [Math.max(begin, at) - at, Math.min(end, at + length) - at];
      at += length;
      if (from >= to) return [];
      return [from === 0 && to === length ? channels : slice(channels, from, to)];
    });
  }
}
