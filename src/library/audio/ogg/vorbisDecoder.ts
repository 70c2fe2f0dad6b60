import type { Channels } from "../audioFile.ts";
import { instantiate } from "../wasm/decoderPackage.ts";
import { Heap } from "../wasm/heap.ts";

interface LibVorbis {
  create_decoder(
    input: number,
    inputLength: number,
    output: number,
    channelCount: number,
    sampleRate: number,
    samplesDecoded: number,
    errors: number,
    errorsLength: number,
    mostErrors: number,
  ): number;
  send_setup(decoder: number, isFirst: number): void;
  init_dsp(decoder: number): void;
  decode_packets(decoder: number): void;
}

const INPUT_BYTES = 2 ** 19;
const MOST_ERRORS = 8;
/**
 * Given for the place of a packet's length. The package takes that place itself for the length, so that no packet would
 * ever end; by this value we find where it keeps it and write the length there.
 */
const LENGTH_MARK = 0x0a55a550;
const STATE_BYTES = 1024;

/** libvorbis, given one packet after another. */
export class VorbisDecoder {
  readonly #functions: LibVorbis;
  readonly #heap: Heap;
  readonly #input: Uint8Array<ArrayBuffer>;
  readonly #inputLength: Uint32Array<ArrayBuffer>;
  /** Place of the output, channels, rate, frames decoded, and the number of errors. */
  readonly #told: Uint32Array<ArrayBuffer>;
  readonly #decoder: number;

  private constructor(functions: LibVorbis, heap: Heap) {
    this.#functions = functions;
    this.#heap = heap;
    this.#input = heap.bytes(INPUT_BYTES);
    this.#told = heap.numbers(5);
    const errors = heap.numbers(2 * MOST_ERRORS);
    const at = (index: number): number => this.#told.byteOffset + 4 * index;
    this.#decoder = functions.create_decoder(
      ...([this.#input.byteOffset, LENGTH_MARK, at(0), at(1), at(2), at(3)] as const),
      ...([errors.byteOffset, at(4), MOST_ERRORS] as const),
    );
    const state = heap.numbersAt(this.#decoder, STATE_BYTES / 4);
    const index = state.indexOf(LENGTH_MARK);
    if (index < 0) throw new Error("another version of the decoder is installed");
    this.#inputLength = state.subarray(index, index + 1);
  }

  /** @throws Error where the headers make no sense */
  static async create(identification: Uint8Array, setup: Uint8Array): Promise<VorbisDecoder> {
    const wasm = await instantiate<LibVorbis>("vorbis");
    const decoder = new VorbisDecoder(wasm, new Heap(wasm));
    // Comments may hold pictures of any size; this build does without them.
    for (const [index, header] of [identification, setup].entries()) {
      if (!decoder.#take(header)) throw new Error("its headers are too long");
      wasm.send_setup(decoder.#decoder, index === 0 ? 1 : 0);
    }
    if (decoder.#hasFailed()) throw new Error("its headers are damaged");
    wasm.init_dsp(decoder.#decoder);
    if (decoder.#hasFailed()) throw new Error("its headers are damaged");
    return decoder;
  }

  /** @returns what is valid until the next packet, or null where this one is damaged */
  decode(packet: Uint8Array): Channels | null {
    if (!this.#take(packet)) return null;
    this.#functions.decode_packets(this.#decoder);
    if (this.#hasFailed()) return null;
    const [output = 0, channelCount = 0, , frames = 0] = this.#told;
    if (frames === 0) return [];
    const places = this.#heap.numbersAt(output, channelCount);
    return Array.from(places, (place) => this.#heap.floatsAt(place, frames));
  }

  #take(bytes: Uint8Array): boolean {
    if (bytes.length > INPUT_BYTES) return false;
    this.#input.set(bytes);
    this.#inputLength[0] = bytes.length;
    return true;
  }

  #hasFailed(): boolean {
    const count = this.#told[4];
    this.#told[4] = 0;
    return count !== 0;
  }
}
