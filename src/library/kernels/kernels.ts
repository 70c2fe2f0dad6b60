import { readFileSync } from "node:fs";
import { noteFallback } from "../fallbacks.ts";

/** Byte offset in the kernels' memory. */
type Address = number;

/** What `assembly/` exports; its comments say what each one does. */
interface KernelFunctions {
  biquads(
    audio: Address,
    stride: number,
    frames: number,
    channels: number,
    coefficients: Address,
    sections: number,
    state: Address,
    pairs: Address,
  ): void;
  followPeaks(
    left: Address,
    right: Address,
    frames: number,
    attack: number,
    release: number,
    state: Address,
  ): void;
  followPower(
    left: Address,
    right: Address,
    frames: number,
    attack: number,
    release: number,
    averaging: number,
    powerShare: number,
    state: Address,
  ): void;
  linkPeaks(audio: Address, stride: number, frames: number, channels: number, peaks: Address): void;
  applyGains(
    audio: Address,
    stride: number,
    frames: number,
    channels: number,
    gains: Address,
    ceiling: number,
  ): void;
  compressorGains(
    levels: Address,
    frames: number,
    threshold: number,
    slope: number,
    knee: number,
    makeup: number,
  ): void;
  limiterGains(
    peaks: Address,
    frames: number,
    segment: Address,
    window: number,
    recent: Address,
    smoothing: number,
    ceiling: number,
    release: number,
    state: Address,
  ): void;
  interpolatedPeaks(audio: Address, frames: number, table: Address, taps: number, peaks: Address): void;
  resample(
    input: Address,
    output: Address,
    frames: number,
    table: Address,
    taps: number,
    up: number,
    down: number,
    phase: number,
  ): void;
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface KernelExports extends KernelFunctions {
  readonly memory: Memory;
  /** Where callers may lay their arrays. */
  readonly arena: { readonly value: Address };
}

// Node has it; the types of Node's don't.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

/** Doubles and floats in the kernels' memory, valid until other arrays are laid there: copy in, call, copy out. */
export interface KernelArrays {
  readonly doubles: readonly Float64Array<ArrayBuffer>[];
  readonly floats: readonly Float32Array<ArrayBuffer>[];
}

/** The compiled loops and their memory, which all callers of a thread share: no state stays in it between calls. */
export class Kernels {
  readonly run: KernelFunctions;
  readonly #exports: KernelExports;

  constructor(exports: KernelExports) {
    this.run = exports;
    this.#exports = exports;
  }

  /** Lays arrays of these lengths one after the other, each with room for a vector behind it: kernels go four floats at a time. */
  lay(lengths: { doubles?: readonly number[]; floats?: readonly number[] }): KernelArrays {
    const { doubles = [], floats = [] } = lengths;
    let end = aligned(this.#exports.arena.value);
    const place = (bytes: number): Address => {
      const start = end;
      end = aligned(start + bytes) + ALIGNMENT;
      return start;
    };
    const doublesAt = doubles.map((length) => place(length * Float64Array.BYTES_PER_ELEMENT));
    const floatsAt = floats.map((length) => place(length * Float32Array.BYTES_PER_ELEMENT));
    const { memory } = this.#exports;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return {
      doubles: doublesAt.map((at, index) => new Float64Array(memory.buffer, at, doubles[index])),
      floats: floatsAt.map((at, index) => new Float32Array(memory.buffer, at, floats[index])),
    };
  }

  /** False when the memory has moved since the arrays were laid. */
  holds(arrays: KernelArrays): boolean {
    return arrays.floats[0]?.buffer === this.#exports.memory.buffer;
  }
}

const aligned = (address: Address): Address => Math.ceil(address / ALIGNMENT) * ALIGNMENT;

let loaded: Kernels | undefined;
let isRefused = false;

/** The compiled loops, loaded at the first call; undefined, and noted, where this machine or runtime refuses them. */
export function loadKernels(): Kernels | undefined {
  if (loaded || isRefused) return loaded;
  try {
    const bytes = readFileSync(new URL("./kernels.wasm", import.meta.url));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    loaded = new Kernels(exports as KernelExports);
  } catch (error) {
    isRefused = true;
    noteFallback({
      wanted: "compiled loops",
      taken: "the same loops in TypeScript",
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  return loaded;
}
