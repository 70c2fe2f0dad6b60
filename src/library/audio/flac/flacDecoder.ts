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

  /** @returns one array per channel, or null where the frame is damaged; the decoder can't go on then */
  decode(frame: Uint8Array): Channels | null {
    this.#told[3] = 0;
    this.#told[4] = 0;
    this.#feed(frame);
    const [channelCount = 0, , bits = 0, frames = 0, output = 0, , error = 0] = this.#told;
    if (output === 0) return null;
    const samples = this.#heap.floatsAt(output, channelCount * frames);
    const channels = Array.from({ length: channelCount }, (_, channel) =>
      exact(samples.subarray(channel * frames, (channel + 1) * frames), bits),
    );
    this.#wasm.free(output);
    return error === 0 ? channels : null;
  }

  #feed(bytes: Uint8Array): void {
    const input = this.#heap.bytes(bytes.length);
    input.set(bytes);
    this.#wasm.decode_frame(this.#decoder, input.byteOffset, bytes.length);
  }
}

/** The package divides by the largest positive sample; the rest of the world by the largest negative one. */
function exact(samples: Float32Array, bits: number): Float32Array<ArrayBuffer> {
  const own = new Float32Array(samples.length);
  if (bits === 32) {
    own.set(samples);
    return own;
  }
  const largest = 2 ** (bits - 1);
  const divisor = largest - 1;
  for (let index = 0; index < own.length; index++)
    own[index] = Math.round((samples[index] ?? 0) * divisor) / largest;
  return own;
}
