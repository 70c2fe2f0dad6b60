import type { FileHandle } from "node:fs/promises";
import type { Channels } from "../audioFile.ts";
import { ByteWindow } from "../byteWindow.ts";
import type { DecodeRun } from "../compressedFile.ts";
import { inOrderOfWav } from "./channelOrder.ts";
import { oggPackets, type OggPackets } from "./packets.ts";

/** One stream of a file, from its headers on. */
export interface OggStream {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Frames at the beginning that are no sound. */
  readonly preSkip: number;
  /** @returns what is valid until the next packet; nothing where this one holds no sound, null where it is damaged */
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
): AsyncGenerator<void, void, undefined> {
  const window = new ByteWindow(file, 0, (await file.stat()).size);
  let link: Link | undefined;
  for await (const page of oggPackets(window, codec.isFirstHeader, run.problem)) {
    if (page.beginsStream) link = new Link(codec, link?.stream);
    await link?.take(page, run);
    run.reached(window.position);
    yield;
  }
}

/** One stream from its headers to its end: several may follow each other in a file. */
class Link {
  readonly #codec: OggCodec;
  readonly #before: OggStream | undefined;
  readonly #headers: Uint8Array[] = [];
  /** Undefined until its headers are whole. */
  stream: OggStream | undefined;
  /** Decoded so far, with what is skipped. */
  #position = 0;
  /** What the file's positions are more than ours, where a recording was cut out of a longer one. */
  #offset: number | undefined;

  constructor(codec: OggCodec, before: OggStream | undefined) {
    this.#codec = codec;
    this.#before = before;
  }

  async take({ packets, granule, endsStream }: OggPackets, run: DecodeRun): Promise<void> {
    const end = endsStream && granule !== null ? granule - (this.#offset ?? 0) : Infinity;
    for (const packet of packets) {
      if (this.#headers.length < this.#codec.headers) await this.#takeHeader(packet, run);
      else this.#decode(packet, end, run);
    }
    if (granule !== null && this.#position > 0) this.#offset ??= Math.max(0, granule - this.#position);
  }

  async #takeHeader(packet: Uint8Array, run: DecodeRun): Promise<void> {
    this.#headers.push(packet);
    if (this.#headers.length < this.#codec.headers) return;
    const stream = await this.#codec.open(this.#headers);
    const before = this.#before ?? stream;
    if (stream.sampleRate === before.sampleRate && stream.channelCount === before.channelCount)
      this.stream = stream;
    else run.problem("sound of another rate or channel count begins, and is left out");
  }

  #decode(packet: Uint8Array, end: number, run: DecodeRun): void {
    if (!this.stream) return;
    const channels = this.stream.decode(packet);
    if (!channels) run.problem("a packet is damaged");
    const frames = channels?.[0]?.length ?? 0;
    if (!channels || frames === 0) return;
    const from = Math.max(0, this.stream.preSkip - this.#position);
    run.give(inOrderOfWav(channels), from, Math.min(frames, end - this.#position));
    this.#position += frames;
  }
}
