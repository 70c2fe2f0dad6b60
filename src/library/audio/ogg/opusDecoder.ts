import type { Channels } from "../audioFile.ts";
import { instantiate } from "../wasm/decoderPackage.ts";
import { Heap } from "../wasm/heap.ts";

interface LibOpus {
  opus_frame_decoder_create(
    sampleRate: number,
    channelCount: number,
    streams: number,
    coupledStreams: number,
    mapping: number,
    preSkip: number,
    forceStereo: number,
  ): number;
  opus_frame_decode_float_deinterleaved(
    decoder: number,
    packet: number,
    length: number,
    output: number,
  ): number;
}

export const OPUS_RATE = 48_000;
/** 120 ms. */
const LONGEST_PACKET_FRAMES = 5760;
/** Of one stream: 48 frames of 2.5 ms with their lengths. */
const LONGEST_PACKET_BYTES = 48 * 1277;

export interface OpusLayout {
  readonly channelCount: number;
  readonly streams: number;
  readonly coupledStreams: number;
  readonly mapping: readonly number[];
}

/** libopus, given one packet after another. */
export class OpusDecoder {
  readonly #functions: LibOpus;
  readonly #channelCount: number;
  readonly #input: Uint8Array<ArrayBuffer>;
  readonly #output: Float32Array<ArrayBuffer>;
  readonly #decoder: number;

  private constructor(functions: LibOpus, heap: Heap, layout: OpusLayout) {
    const { channelCount, streams, coupledStreams, mapping } = layout;
    this.#functions = functions;
    this.#channelCount = channelCount;
    this.#input = heap.bytes(LONGEST_PACKET_BYTES * streams);
    this.#output = heap.floats(LONGEST_PACKET_FRAMES * channelCount);
    const order = heap.bytes(channelCount);
    order.set(mapping);
    const { byteOffset } = order;
    this.#decoder = functions.opus_frame_decoder_create(
      ...([OPUS_RATE, channelCount, streams, coupledStreams, byteOffset, 0, 0] as const),
    );
  }

  static async create(layout: OpusLayout): Promise<OpusDecoder> {
    const wasm = await instantiate<LibOpus>("opus");
    return new OpusDecoder(wasm, new Heap(wasm), layout);
  }

  /** @returns what is valid until the next packet, or null where this one is damaged */
  decode(packet: Uint8Array, gain: number): Channels | null {
    if (packet.length === 0 || packet.length > this.#input.length) return null;
    this.#input.set(packet);
    const frames = this.#functions.opus_frame_decode_float_deinterleaved(
      this.#decoder,
      this.#input.byteOffset,
      packet.length,
      this.#output.byteOffset,
    );
    if (frames < 0) return null;
    return Array.from({ length: this.#channelCount }, (_, channel) => {
      const own = this.#output.subarray(channel * frames, (channel + 1) * frames);
      if (gain !== 1) for (let index = 0; index < frames; index++) own[index] = (own[index] ?? 0) * gain;
      return own;
    });
  }
}
