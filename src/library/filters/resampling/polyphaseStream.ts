import { KeptArrays } from "../../kernels/keptArrays.ts";
import { type Kernels, loadKernels } from "../../kernels/kernels.ts";
import { PIECE_FRAMES } from "../../kernels/pieces.ts";

/** A low-pass filter cut into rows, one for each place of an output sample between two input samples. */
export interface PolyphaseTable {
  readonly up: number;
  readonly down: number;
  /** Of each row; a multiple of eight. */
  readonly taps: number;
  /** `up` rows of `taps`. */
  readonly rows: Float32Array<ArrayBuffer>;
}

interface StreamArrays {
  readonly rows: Float32Array;
  readonly input: Float32Array;
  readonly output: Float32Array;
}

/** One channel at up / down times its rate, block by block. */
export class PolyphaseStream {
  readonly #table: PolyphaseTable;
  readonly #kernels: Kernels | undefined;
  readonly #arrays: KeptArrays<StreamArrays> | undefined;
  /** What the next output samples are made of. */
  #pending: Float32Array;
  /** Place of the next one behind its sample, in fractions of `up`. */
  #phase = 0;

  /** `leadingZeros` stand before the first sample: half the taps for no delay, all but one for as many samples out as in. */
  constructor(table: PolyphaseTable, leadingZeros: number, compiled: boolean) {
    this.#table = table;
    this.#pending = new Float32Array(leadingZeros);
    this.#kernels = compiled ? loadKernels() : undefined;
    this.#arrays =
      this.#kernels &&
      new KeptArrays(this.#kernels, (layout, length) => ({
        rows: layout.floats(table.rows.length),
        input: layout.floats(length),
        output: layout.floats(Math.ceil((length * table.up) / table.down)),
      }));
  }

  get isCompiled(): boolean {
    return this.#kernels !== undefined;
  }

  /** All that can be made with these samples and those before. */
  process(samples: Float32Array): Float32Array<ArrayBuffer> {
    if (samples.length <= PIECE_FRAMES) return this.#processPiece(samples);
    const output = new Float32Array(this.#outputsOf(this.#pending.length + samples.length));
    let made = 0;
    for (let start = 0; start < samples.length; start += PIECE_FRAMES) {
      const part = this.#processPiece(samples.subarray(start, start + PIECE_FRAMES));
      output.set(part, made);
      made += part.length;
    }
    return output;
  }

  #processPiece(samples: Float32Array): Float32Array<ArrayBuffer> {
    const { up, down } = this.#table;
    const input = new Float32Array(this.#pending.length + samples.length);
    input.set(this.#pending);
    input.set(samples, this.#pending.length);
    const output = new Float32Array(this.#outputsOf(input.length));
    const laid = this.#arrays?.of(input.length);
    if (this.#kernels && laid) runCompiled(this.#kernels, laid, this.#table, this.#phase, input, output);
    else runPlain(this.#table, this.#phase, input, output);
    const end = this.#phase + output.length * down;
    this.#phase = end % up;
    this.#pending = input.slice(Math.floor(end / up));
    return output;
  }

  #outputsOf(length: number): number {
    const { up, down, taps } = this.#table;
    return Math.max(0, Math.ceil(((length - taps + 1) * up - this.#phase) / down));
  }
}

function runPlain(
  table: PolyphaseTable,
  firstPhase: number,
  input: Float32Array,
  output: Float32Array,
): void {
  const { up, down, taps, rows } = table;
  for (let i = 0; i < output.length; i += 1) {
    const place = firstPhase + i * down;
    const start = Math.floor(place / up);
    const row = (place % up) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) sum += (rows[row + tap] ?? 0) * (input[start + tap] ?? 0);
    output[i] = sum;
  }
}

function runCompiled(
  { run }: Kernels,
  laid: StreamArrays,
  { up, down, taps, rows }: PolyphaseTable,
  phase: number,
  input: Float32Array,
  output: Float32Array,
): void {
  laid.rows.set(rows);
  laid.input.set(input);
  run.resample(
    laid.input.byteOffset,
    laid.output.byteOffset,
    output.length,
    laid.rows.byteOffset,
    taps,
    up,
    down,
    phase,
  );
  output.set(laid.output.subarray(0, output.length));
}
