import { noteFallback } from "../fallbacks.ts";
import { dropCompiled, instantiate, PAGE_BYTES, type WasmMemory } from "../webAssembly.ts";
import type { Address, KernelFunctions } from "./kernelFunctions.ts";
import { Layout } from "./layout.ts";

interface KernelExports extends KernelFunctions {
  readonly memory: WasmMemory;
  /** Where callers may lay their arrays. */
  readonly arena: { readonly value: Address };
}

/** The compiled loops and their memory, which all callers of a thread share: no state stays in it between calls. */
export class Kernels {
  readonly run: KernelFunctions;
  readonly #exports: KernelExports;

  constructor(exports: KernelExports) {
    this.run = exports;
    this.#exports = exports;
  }

  /** Arrays in the memory, one after the other as `arrange` asks for them: first tried elsewhere, to see how much room they take. */
  lay<T>(arrange: (layout: Layout) => T): T {
    const { arena, memory } = this.#exports;
    const trial = new Layout(arena.value);
    arrange(trial);
    const missing = trial.end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return arrange(new Layout(arena.value, memory.buffer));
  }

  /** Another one after the memory has grown; arrays in the one before are of no use any more. */
  get buffer(): ArrayBuffer {
    return this.#exports.memory.buffer;
  }
}

let loaded: Kernels | undefined;
let isRefused = false;

/** The compiled loops, loaded at the first call; undefined, and noted, where this machine or runtime refuses them. */
export function loadKernels(): Kernels | undefined {
  if (loaded || isRefused) return loaded;
  try {
    loaded = new Kernels(instantiate("kernels.wasm") as KernelExports);
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

/** Forgets the compiled loops: whatever needs them next compiles its own. */
export function dropCompiledLoops(): void {
  dropCompiled();
  loaded = undefined;
  isRefused = false;
}
