import { instantiate, PAGE_BYTES, type WasmMemory } from "../../webAssembly.ts";

/** A byte of pffft's memory. */
type Address = number;

/** pffft's functions and their memory. */
export interface Pffft {
  readonly memory: WasmMemory;
  /** Aligned as SIMD needs it; 0 where there is no memory left. */
  readonly allocate: (bytes: number) => Address;
  /** What real transforms of a size share; 0 where that size isn't one of pffft's. */
  readonly newSetup: (size: number, kind: number) => Address;
  /** Bins come interleaved, the last one's real part in place of the first one's imaginary part. */
  readonly transform: (
    setup: Address,
    input: Address,
    output: Address,
    work: Address,
    direction: number,
  ) => void;
}

export const REAL = 0;
export const FORWARD = 0;
export const BACKWARD = 1;

/** The names of the pinned build. */
interface Exports {
  readonly d: WasmMemory;
  /** Runs the constructors. */
  readonly e: () => void;
  readonly f: Pffft["allocate"];
  readonly j: () => number;
  readonly k: Pffft["newSetup"];
  readonly p: Pffft["transform"];
}

const LANES = 4;

/**
 * A new instance with a memory of its own. The package's glue would load it too, but asynchronously, and a pipeline's
 * factory can't wait; so the three functions that it imports stand here.
 * @throws Error where this runtime has no WebAssembly or no SIMD
 */
export function instantiatePffft(): Pffft {
  const imports = {
    a: () => {
      throw new Error("pffft was given a size or an address that it can't take");
    },
    b: (bytes: number) => growTo(bytes >>> 0, memory),
    c: (to: Address, from: Address, bytes: number) =>
      new Uint8Array(memory.buffer).copyWithin(to, from, from + bytes),
  };
  const exports = instantiate("pffft.wasm", { a: imports }) as Exports;
  const { d: memory, e: construct, f: allocate, j: simdSize, k: newSetup, p: transform } = exports;
  construct();
  if (simdSize() !== LANES) throw new Error("this build of pffft has no SIMD");
  return { memory, allocate, newSetup, transform };
}

/** @returns 1 where the memory now has so many bytes, 0 where they can't be had */
function growTo(bytes: number, memory: WasmMemory): number {
  try {
    memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES));
    return 1;
  } catch {
    return 0;
  }
}
