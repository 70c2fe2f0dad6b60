import { BACKWARD, FORWARD, instantiatePffft, REAL, type Pffft } from "./pffftModule.ts";
import { sharpenTables } from "./pffftTables.ts";
import type { RealTransform } from "./realTransform.ts";

/** Larger transforms would not fit into the 2 GB of its memory. */
const LARGEST = 2 ** 26;

/** pffft's sizes: multiples of 32 without a prime factor above 5. */
export function isPffftSize(size: number): boolean {
  if (size % 32 !== 0 || size > LARGEST) return false;
  let rest = size;
  for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor;
  return rest === 1;
}

/**
 * A real transform by pffft. It has an instance of its own, whose memory no longer grows once it is made: so its arrays
 * are never detached, and all of it goes when nobody holds it any more.
 */
export class PffftTransform implements RealTransform {
  readonly size: number;
  readonly samples: Float32Array;
  readonly spectrum: Float32Array;
  readonly #transform: Pffft["transform"];
  readonly #setup: number;
  readonly #input: number;
  readonly #output: number;
  readonly #work: number;

  /** @throws Error where there is no WebAssembly, no SIMD or not enough memory */
  constructor(size: number, rows = 1) {
    this.size = size;
    const pffft = instantiatePffft();
    this.#transform = pffft.transform;
    this.#input = allocate(pffft, rows * size);
    this.#output = allocate(pffft, size + 2);
    // Without a place to work in, pffft takes it from its stack of 64 kB.
    this.#work = allocate(pffft, size);
    this.#setup = pffft.newSetup(size, REAL);
    if (this.#setup === 0) throw new Error(`pffft has no memory for a transform of ${size} samples`);
    sharpenTables(pffft.memory.buffer, this.#setup);
    this.samples = new Float32Array(pffft.memory.buffer, this.#input, rows * size);
    this.spectrum = new Float32Array(pffft.memory.buffer, this.#output, size + 2);
  }

  forward(row = 0): void {
    const { size, spectrum } = this;
    this.#transform(this.#setup, this.#input + 4 * row * size, this.#output, this.#work, FORWARD);
    spectrum[size] = spectrum[1] ?? 0;
    spectrum[size + 1] = 0;
    spectrum[1] = 0;
  }

  inverse(): void {
    const { size, spectrum } = this;
    spectrum[1] = spectrum[size] ?? 0;
    this.#transform(this.#setup, this.#output, this.#input, this.#work, BACKWARD);
  }
}

function allocate(pffft: Pffft, floats: number): number {
  const address = pffft.allocate(4 * floats);
  if (address === 0) throw new Error(`pffft has no memory for ${floats} samples`);
  return address;
}
