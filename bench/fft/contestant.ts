import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pythonWith } from "../peers/python.ts";

/** Samples of each transform. */
export const SIZE = 2048;

/** One way to do the same transform. */
export interface Contestant {
  readonly name: string;
  /** Real and imaginary part of the bins 1 and 292 of `signal()`. */
  readonly bins: readonly number[];
  /** Nanoseconds for so many transforms, a multiple of those in a call. */
  run(transforms: number): number | Promise<number>;
  close?(): void;
}

/** What is transformed; the peers make the same. */
export const signal = (): Float32Array =>
  Float32Array.from({ length: SIZE }, (_, n) => ((((n * n) % 65537) * 7919 + n * 10729) % 65537) / 32768 - 1);

/** Transforms within this process. */
export function own(
  name: string,
  bins: Float32Array | Float64Array,
  transform: () => void,
  rows = 1,
): Contestant {
  return {
    name,
    bins: binsOf(bins),
    run(transforms) {
      const began = process.hrtime.bigint();
      for (let k = 0; k < transforms; k += rows) transform();
      return Number(process.hrtime.bigint() - began);
    },
  };
}

const binsOf = (spectrum: Float32Array | Float64Array): number[] =>
  [2, 3, 584, 585].map((at) => spectrum[at] ?? NaN);

export const FFTW = "FFTW, single precision, FFTW_MEASURE";

/** FFTW, compiled here; null where there is no compiler or no library. */
export async function fftw(folder: string): Promise<Contestant | null> {
  const program = join(folder, "fftw");
  const source = join(import.meta.dirname, "..", "peers", "fftw.c");
  const { status } = spawnSync("cc", ["-O2", "-o", program, source, "-lfftw3f", "-lm"], { stdio: "ignore" });
  return status === 0 ? processContestant(FFTW, program, []) : null;
}

/** NumPy with so many signals a call; null where it isn't installed. */
export async function numpy(rows: number): Promise<Contestant | null> {
  const python = pythonWith(["numpy"]);
  if (python === null) return null;
  const script = join(import.meta.dirname, "..", "peers", "rfft.py");
  return processContestant(rows === 1 ? "numpy.fft.rfft" : `numpy.fft.rfft, ${rows} signals a call`, python, [
    script,
    String(rows),
  ]);
}

/** A peer that prints its bins, then answers each number of transforms with its nanoseconds. */
async function processContestant(
  name: string,
  program: string,
  args: readonly string[],
): Promise<Contestant> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const line: IteratorResult<string, undefined> = await lines.next();
    if (line.done) throw new Error(`${name} ended before it answered: run ${program} by hand.`);
    return line.value;
  };
  await once(child, "spawn");
  const bins = (await answer()).split(" ").map(Number);
  return {
    name,
    bins,
    async run(transforms) {
      child.stdin.write(`${transforms}\n`);
      return Number(await answer());
    },
    close: () => child.stdin.end(),
  };
}
