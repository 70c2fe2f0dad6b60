import type { Address } from "./kernelFunctions.ts";

/** Of a vector. */
const ALIGNMENT = 16;

/** Arrays that a kernel finds by the first one's address and their distance, in bytes. */
export interface LaidChannels {
  readonly samples: readonly Float32Array<ArrayBuffer>[];
  readonly address: Address;
  readonly stride: number;
}

/** Hands out arrays one after the other, each with room for a vector behind it: kernels go four floats at a time. */
export class Layout {
  /** Behind the last one. */
  end: Address;
  readonly #buffer: ArrayBuffer | undefined;

  /** Without a buffer the arrays lie anywhere, and only their room is counted. */
  constructor(start: Address, buffer?: ArrayBuffer) {
    this.end = aligned(start);
    this.#buffer = buffer;
  }

  doubles(length: number): Float64Array<ArrayBuffer> {
    const at = this.#take(length * Float64Array.BYTES_PER_ELEMENT);
    return this.#buffer ? new Float64Array(this.#buffer, at, length) : new Float64Array(length);
  }

  floats(length: number): Float32Array<ArrayBuffer> {
    const at = this.#take(length * Float32Array.BYTES_PER_ELEMENT);
    return this.#buffer ? new Float32Array(this.#buffer, at, length) : new Float32Array(length);
  }

  channels(count: number, length: number): LaidChannels {
    const address = this.end;
    const samples = Array.from({ length: count }, () => this.floats(length));
    return { samples, address, stride: (this.end - address) / count };
  }

  #take(bytes: number): Address {
    const start = this.end;
    this.end = aligned(start + bytes) + ALIGNMENT;
    return start;
  }
}

const aligned = (address: Address): Address => Math.ceil(address / ALIGNMENT) * ALIGNMENT;
