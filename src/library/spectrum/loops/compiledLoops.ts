import { instantiate, type WasmMemory } from "../../webAssembly.ts";
import type { Samples } from "../samples.ts";
import type { BinRange } from "./binRange.ts";
import type { SpectrumLoops } from "./spectrumLoops.ts";

/** A byte of the memory. */
type Address = number;

/** What `assembly/` exports. */
interface LoopFunctions {
  multiply(samples: Address, weights: Address, out: Address, count: number): void;
  addProducts(samples: Address, weights: Address, sums: Address, count: number): void;
  scale(numbers: Address, out: Address, count: number, factor: number): void;
  powers(spectrum: Address, out: Address, bins: number): void;
  magnitudes(spectrum: Address, out: Address, bins: number): void;
  powerSum(spectrum: Address, from: number, to: number): number;
  magnitudeSum(spectrum: Address, from: number, to: number): number;
  rise(spectrum: Address, before: Address, sums: Address, out: Address, bins: number): number;
  logPowerSum(
    spectra: Address,
    stride: number,
    channels: number,
    from: number,
    to: number,
    factor: number,
  ): number;
}

/** Bytes of a bin. */
const BIN = 2 * Float32Array.BYTES_PER_ELEMENT;

/** The loops in SIMD, over arrays that lie in somebody else's memory. */
export class CompiledLoops implements SpectrumLoops {
  readonly #run: LoopFunctions;

  /** @throws Error where this runtime has no WebAssembly or no SIMD */
  constructor(memory: WasmMemory) {
    this.#run = instantiate("spectrumLoops.wasm", { env: { memory } }) as LoopFunctions;
  }

  multiply(samples: Samples, weights: Float64Array, out: Samples): void {
    this.#run.multiply(samples.byteOffset, weights.byteOffset, out.byteOffset, weights.length);
  }

  addProducts(samples: Samples, weights: Samples, sums: Samples): void {
    this.#run.addProducts(samples.byteOffset, weights.byteOffset, sums.byteOffset, weights.length);
  }

  scale(numbers: Samples, factor: number, out: Samples): void {
    this.#run.scale(numbers.byteOffset, out.byteOffset, out.length, factor);
  }

  scaleBins(spectrum: Samples, { from, to }: BinRange, factor: number): void {
    const start = spectrum.byteOffset + BIN * from;
    this.#run.scale(start, start, 2 * (to - from), factor);
  }

  powers(spectrum: Samples, out: Samples): void {
    this.#run.powers(spectrum.byteOffset, out.byteOffset, out.length);
  }

  magnitudes(spectrum: Samples, out: Samples): void {
    this.#run.magnitudes(spectrum.byteOffset, out.byteOffset, out.length);
  }

  powerSum(spectrum: Samples, { from, to }: BinRange): number {
    return this.#run.powerSum(spectrum.byteOffset, from, to);
  }

  magnitudeSum(spectrum: Samples, { from, to }: BinRange): number {
    return this.#run.magnitudeSum(spectrum.byteOffset, from, to);
  }

  rise(spectrum: Samples, before: Samples, sums: Float64Array, values: Samples): number {
    const { byteOffset: out, length: bins } = values;
    return this.#run.rise(spectrum.byteOffset, before.byteOffset, sums.byteOffset, out, bins);
  }

  logPowerSum(spectra: readonly Samples[], { from, to }: BinRange, factor: number): number {
    const [first, second] = spectra;
    if (!first) return 0;
    const stride = second ? second.byteOffset - first.byteOffset : 0;
    return this.#run.logPowerSum(first.byteOffset, stride, spectra.length, from, to, factor);
  }
}
