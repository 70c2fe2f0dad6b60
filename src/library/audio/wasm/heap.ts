import type { WasmMemory } from "./decoderPackage.ts";

/** Pieces of a decoder's memory, which never grows. Nothing is given back: the memory goes with its instance. */
export class Heap {
  readonly #memory: WasmMemory;
  readonly #floats: Float32Array<ArrayBuffer>;

  constructor(memory: WasmMemory) {
    this.#memory = memory;
    this.#floats = new Float32Array(memory.HEAP);
  }

  /** @throws Error where the memory is exhausted */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.HEAP, this.#allocate(length), length);
  }

  numbers(length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#memory.HEAP, this.#allocate(length * 4), length);
  }

  floats(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#memory.HEAP, this.#allocate(length * 4), length);
  }

  /** What the decoder has put somewhere itself. */
  floatsAt(pointer: number, length: number): Float32Array<ArrayBuffer> {
    return this.#floats.subarray(pointer / 4, pointer / 4 + length);
  }

  numbersAt(pointer: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#memory.HEAP, pointer, length);
  }

  #allocate(bytes: number): number {
    const pointer = this.#memory.malloc(bytes);
    if (pointer === 0) throw new Error("The decoder's memory is exhausted");
    return pointer;
  }
}
