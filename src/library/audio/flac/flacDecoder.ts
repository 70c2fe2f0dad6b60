import type { Channels } from "../audioFile.ts";
import { instantiate, NoDecoder, type WasmMemory } from "../wasm/decoderPackage.ts";
import { Heap } from "../wasm/heap.ts";
import type { FlacStreamInfo } from "./streamInfo.ts";

interface LibFlac {
  create_decoder(
    channelCount: number,
    sampleRate: number,
    bits: number,
    samplesDecoded: number,
    output: number,
    outputLength: number,
    error: number,
    state: number,
  ): number;
  /** Takes the input over. */
  decode_frame(decoder: number, input: number, length: number): void;
}

const LAST_STREAM_INFO = [0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34];

const DEPTHS = [8, 16, 24, 32];

/** libFLAC, given one frame after another. */
export class FlacDecoder {
  readonly #wasm: LibFlac & WasmMemory;
  readonly #heap: Heap;
  readonly #decoder: number;
  /** What `create_decoder` is given places for, in its order. */
  readonly #told: Uint32Array<ArrayBuffer>;

  /** The last frame's samples. */
  #lent = 0;

  private constructor(wasm: LibFlac & WasmMemory, info: FlacStreamInfo) {
    this.#wasm = wasm;
    this.#heap = new Heap(wasm);
    this.#told = this.#heap.numbers(8);
    const at = (index: number): number => this.#told.byteOffset + 4 * index;
    this.#decoder = wasm.create_decoder(at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7));
    this.#feed(Uint8Array.of(...LAST_STREAM_INFO, ...info.bytes));
  }

  /** @throws NoDecoder also for depths that the package divides by nothing */
  static async create(info: FlacStreamInfo): Promise<FlacDecoder> {
    if (!DEPTHS.includes(info.bitsPerSample))
      throw new NoDecoder(`this build of libFLAC knows only ${DEPTHS.join(", ")} bits`);
    return new FlacDecoder(await instantiate<LibFlac>("flac"), info);
  }

  /** @returns one array per channel, valid until the next frame, or null where the frame is damaged; the decoder can't go on then */
  decode(frame: Uint8Array): Channels | null {
    this.#wasm.free(this.#lent);
    this.#lent = 0;
    this.#told[3] = 0;
    this.#told[4] = 0;
    this.#feed(frame);
    const [channelCount = 0, , bits = 0, frames = 0, output = 0, , error = 0] = this.#told;
    if (output === 0) return null;
    const channels = Array.from({ length: channelCount }, (_, channel) =>
      exact(this.#heap.floatsAt(output + 4 * channel * frames, frames), bits),
    );
    this.#lent = output;
    return error === 0 ? channels : null;
  }

  #feed(bytes: Uint8Array): void {
    const input = this.#heap.bytes(bytes.length);
    input.set(bytes);
    this.#wasm.decode_frame(this.#decoder, input.byteOffset, bytes.length);
  }
}

/** What is added and taken away again rounds to whole numbers, faster than Math.round. */
const ROUND = 1.5 * 2 ** 52;

/** In place: the package divides by the largest positive sample, the rest of the world by the largest negative one. */
function exact(samples: Float32Array<ArrayBuffer>, bits: number): Float32Array<ArrayBuffer> {
  // Its divisor for 32 bits is the right one after rounding.
  if (bits === 32) return samples;
  const largest = 2 ** (bits - 1);
  const [divisor, step] = [largest - 1, 1 / largest];
  for (let index = 0; index < samples.length; index++)
    samples[index] = ((samples[index] ?? 0) * divisor + ROUND - ROUND) * step;
  return samples;
}
