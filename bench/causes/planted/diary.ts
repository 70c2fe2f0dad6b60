// Runs inside the pipelines of this benchmark and writes down what is true of each block, without asking the profiler.
import { closeSync, openSync, readSync } from "node:fs";
import { GCProfiler, setFlagsFromString } from "node:v8";

/** Of each block of the timed pass. */
export interface Page {
  /** What the stage's work took, by its own clock. */
  readonly ms: number;
  /** Of that, ready to run without a core, as Linux counts it; 0 where it doesn't. */
  readonly waitedMs: number;
  /** Of that, in which V8 collected garbage, as V8 reports it. */
  readonly collectedMs: number;
  /** What was planted here, or is true of the watched functions' code. */
  readonly truths: readonly string[];
}

type Watched = (...given: never[]) => unknown;

const OPTIMISED = 1 << 4;
const TOP_TIER = 1 << 6;

setFlagsFromString("--allow-natives-syntax");
/** As V8's own tests ask for it. */
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- the syntax isn't JavaScript
const statusOf = new Function("f", "return %GetOptimizationStatus(f)") as (f: Watched) => number;

export class Diary {
  readonly #pages: Page[] = [];
  readonly #watched: readonly Watched[];
  readonly #wereCompiled: boolean[];
  readonly #isUsed: (watched: number) => boolean;
  readonly #queue = openQueue();
  readonly #text = Buffer.alloc(64);
  #collections = new GCProfiler();
  #began = 0;
  #waited = 0;
  #truths: string[] = [];
  #compiled: readonly boolean[] = [];

  /** @param watched functions that do the stage's work @param isUsed which of them are called in the block that begins */
  constructor(watched: readonly Watched[], isUsed: (watched: number) => boolean = () => true) {
    this.#watched = watched;
    this.#wereCompiled = watched.map(() => false);
    this.#isUsed = isUsed;
  }

  begin(): void {
    this.#truths = [];
    this.#compiled = this.#watched.map((f) => (statusOf(f) & TOP_TIER) !== 0);
    this.#compiled.forEach((is, index) => {
      if (is) this.#wereCompiled[index] = true;
      else if (this.#isUsed(index))
        this.note(this.#wereCompiled[index] === true ? "deoptimisation" : "first calls");
    });
    this.#collections = new GCProfiler();
    this.#collections.start();
    this.#waited = this.#queued();
    this.#began = performance.now();
  }

  /** Something planted in this block. */
  note(truth: string): void {
    if (!this.#truths.includes(truth)) this.#truths.push(truth);
  }

  end(): void {
    const ms = performance.now() - this.#began;
    const waitedMs = this.#queued() - this.#waited;
    const { statistics } = this.#collections.stop();
    this.#compiled.forEach((was, index) => {
      const watched = this.#watched[index];
      if (was && watched && (statusOf(watched) & OPTIMISED) === 0) this.note("deoptimisation");
    });
    const collectedMs = statistics.reduce((sum, { cost }) => sum + cost / 1000, 0);
    this.#pages.push({ ms, waitedMs, collectedMs, truths: this.#truths });
  }

  /** All that was written. */
  close(): Page[] {
    if (this.#queue !== null) closeSync(this.#queue);
    return this.#pages;
  }

  #queued(): number {
    if (this.#queue === null) return 0;
    const length = readSync(this.#queue, this.#text, 0, this.#text.length, 0);
    return Number(this.#text.toString("latin1", 0, length).split(" ")[1] ?? 0) / 1e6;
  }
}

function openQueue(): number | null {
  try {
    return openSync("/proc/thread-self/schedstat", "r");
  } catch {
    return null;
  }
}

/** Takes a quarter of a millisecond or so, always the same work. */
export function steadyWork(turns: number): number {
  let x = 1;
  for (let turn = 0; turn < turns; turn += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x;
}
