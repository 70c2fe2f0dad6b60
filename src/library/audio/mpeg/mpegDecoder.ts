import type { Channels } from "../audioFile.ts";
import { Heap } from "../wasm/heap.ts";
import { instantiate } from "../wasm/decoderPackage.ts";

interface Mpg123 {
  mpeg_frame_decoder_create(decoder: number, gapless: number): number;
  mpeg_decoder_feed(decoder: number, bytes: number, length: number): number;
  mpeg_decoder_read(
    decoder: number,
    output: number,
    size: number,
    samplesDecoded: number,
    sampleRate: number,
    error: number,
  ): number;
}

const NEED_MORE = -10;
const NEW_FORMAT = -11;
const LONGEST_FRAME_BYTES = 2 ** 13;
/** Interleaved and in stereo, whatever the frame. */
const OUTPUT_FLOATS = 2889 * 16 * 2;

/** mpg123, given one frame after another. */
export class MpegDecoder {
  readonly #functions: Mpg123;
  readonly #input: Uint8Array<ArrayBuffer>;
  readonly #output: Float32Array<ArrayBuffer>;
  readonly #decoded: Uint32Array<ArrayBuffer>;
  readonly #scratch: Uint32Array<ArrayBuffer>;
  readonly #decoder: number;

  private constructor(functions: Mpg123, heap: Heap) {
    this.#functions = functions;
    this.#input = heap.bytes(LONGEST_FRAME_BYTES);
    this.#output = heap.floats(OUTPUT_FLOATS);
    this.#decoded = heap.numbers(1);
    this.#scratch = heap.numbers(2);
    const place = heap.numbers(1);
    functions.mpeg_frame_decoder_create(place.byteOffset, 0);
    this.#decoder = place[0] ?? 0;
  }

  static async create(): Promise<MpegDecoder> {
    const wasm = await instantiate<Mpg123>("mp3");
    return new MpegDecoder(wasm, new Heap(wasm));
  }

  /** @returns two channels, valid until the next frame, or null where this one can't be decoded */
  decode(frame: Uint8Array): Channels | null {
    this.#input.set(frame);
    const fed = this.#functions.mpeg_decoder_feed(this.#decoder, this.#input.byteOffset, frame.length);
    let isBroken = fed !== 0 && fed !== NEED_MORE;
    let channels: Channels | null = null;
    for (let state = 0; state !== NEED_MORE;) {
      this.#decoded[0] = 0;
      state = this.#functions.mpeg_decoder_read(
        this.#decoder,
        this.#output.byteOffset,
        OUTPUT_FLOATS,
        this.#decoded.byteOffset,
        this.#scratch.byteOffset,
        this.#scratch.byteOffset + 4,
      );
      const frames = this.#decoded[0];
      if (frames > 0)
        channels = [this.#output.subarray(0, frames), this.#output.subarray(frames, 2 * frames)];
      if (state !== 0 && state !== NEED_MORE && state !== NEW_FORMAT) {
        isBroken = true;
        break;
      }
    }
    return isBroken ? null : channels;
  }
}
