import { Layout } from "../../kernels/layout.ts";
import { CompiledLoops } from "../loops/compiledLoops.ts";
import type { Samples } from "../samples.ts";
import { BACKWARD, FORWARD, instantiatePffft, REAL, type Pffft } from "./pffftModule.ts";
import { sharpenTables } from "./pffftTables.ts";
import type { ArrangedTransform, ArrayMaker, RealTransform } from "./realTransform.ts";

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
 * A transform by pffft, and arrays in its memory. It has an instance of its own, whose memory no longer grows once it is
 * made: so its arrays are never detached, and all of it goes when nobody holds it any more.
 * @throws Error where there is no WebAssembly, no SIMD or not enough memory
 */
export function arrangePffft<T>(
  size: number,
  arrange: (make: ArrayMaker<"single">) => T,
): ArrangedTransform<T> {
  const pffft = instantiatePffft();
  const trial = new Layout(0);
  arrange(makerIn(trial));
  const start = allocate(pffft, trial.end);
  const transform = new PffftTransform(pffft, size);
  return { transform, arrays: arrange(makerIn(new Layout(start, pffft.memory.buffer))) };
}

const makerIn = (layout: Layout): ArrayMaker<"single"> => ({
  samples: (length) => layout.floats(length).fill(0),
  doubles: (length) => layout.doubles(length).fill(0),
});

class PffftTransform implements RealTransform {
  readonly size: number;
  readonly loops: CompiledLoops;
  readonly #transform: Pffft["transform"];
  readonly #setup: number;
  readonly #work: number;

  constructor(pffft: Pffft, size: number) {
    this.size = size;
    this.#transform = pffft.transform;
    // Without a place to work in, pffft takes it from its stack of 64 kB.
    this.#work = allocate(pffft, size * Float32Array.BYTES_PER_ELEMENT);
    this.#setup = pffft.newSetup(size, REAL);
    if (this.#setup === 0) throw new Error(`pffft has no memory for a transform of ${size} samples`);
    sharpenTables(pffft.memory.buffer, this.#setup);
    this.loops = new CompiledLoops(pffft.memory);
  }

  forward(samples: Samples, spectrum: Samples): void {
    const { size } = this;
    this.#transform(this.#setup, samples.byteOffset, spectrum.byteOffset, this.#work, FORWARD);
    spectrum[size] = spectrum[1] ?? 0;
    spectrum[size + 1] = 0;
    spectrum[1] = 0;
  }

  inverse(spectrum: Samples, samples: Samples): void {
    spectrum[1] = spectrum[this.size] ?? 0;
    this.#transform(this.#setup, spectrum.byteOffset, samples.byteOffset, this.#work, BACKWARD);
  }
}

function allocate(pffft: Pffft, bytes: number): number {
  const address = pffft.allocate(bytes);
  if (address === 0) throw new Error(`pffft has no memory for ${bytes} bytes`);
  return address;
}
