// Runs inside the pipelines of this benchmark and writes down what is true of each block, without asking the profiler.
import { closeSync, openSync, readSync } from "node:fs";
import { GCProfiler, setFlagsFromString } from "node:v8";

/** Of each block of the timed pass. */
export interface Page {
  /** What the stage's work took, by its own clock. */
  readonly ms: number;
  /** Of that, ready to run without a core, as Linux counts it; 0 where it doesn't. */
  readonly waitedMs: number;
  /** Of that, in which V8 collected garbage, as V8 reports it: of collections within others it reports a part. */
  readonly collectedMs: number;
  /** What was planted here, or is true of the watched functions' code. */
  readonly truths: readonly string[];
  /** Any function here got other code, the diary's own among them. */
  readonly isCompiled: boolean;
  /** Of `ms`, the diary's own work. */
  readonly writingMs: number;
}

type Watched = (...given: never[]) => unknown;

const OPTIMISED = 1 << 4;
const TOP_TIER = 1 << 6;
/** Which code a function has. */
const TIERS = OPTIMISED | (1 << 5) | TOP_TIER | (1 << 7) | (1 << 15);

setFlagsFromString("--allow-natives-syntax");
/** As V8's own tests ask for it. */
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- the syntax isn't JavaScript
const statusOf = new Function("f", "return %GetOptimizationStatus(f)") as (f: Watched) => number;

const tierOf = (f: Watched): number => statusOf(f) & TIERS;

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
  #others: readonly Watched[] = [];
  #otherTiers: readonly number[] = [];
  #worked = 0;

  /** @param watched functions that do the stage's work @param isUsed which of them are called in the block that begins */
  constructor(watched: readonly Watched[], isUsed: (watched: number) => boolean = () => true) {
    this.#watched = watched;
    this.#wereCompiled = watched.map(() => false);
    this.#isUsed = isUsed;
    this.#collections.start();
  }

  /** Functions that call the others, and do little themselves. */
  watch(...others: readonly Watched[]): void {
    const own = ["begin", "end", "note"].map((name) => Reflect.get(Diary.prototype, name) as Watched);
    this.#others = [...others, ...this.#watched, repeat, ...own];
    this.#otherTiers = this.#others.map(tierOf);
  }

  begin(): void {
    this.#began = performance.now();
    this.#truths = [];
    this.#compiled = this.#watched.map((f) => (statusOf(f) & TOP_TIER) !== 0);
    this.#compiled.forEach((is, index) => {
      if (is) this.#wereCompiled[index] = true;
      else if (this.#isUsed(index))
        this.note(this.#wereCompiled[index] === true ? "deoptimisation" : "first calls");
    });
    this.#waited = this.#queued();
    this.#worked = performance.now();
  }

  /** Something planted in this block. */
  note(truth: string): void {
    if (!this.#truths.includes(truth)) this.#truths.push(truth);
  }

  end(): void {
    const workMs = performance.now() - this.#worked;
    const waitedMs = this.#queued() - this.#waited;
    // Begun before the other ends: what falls between them counts.
    const next = new GCProfiler();
    next.start();
    const { statistics } = this.#collections.stop();
    this.#collections = next;
    this.#compiled.forEach((was, index) => {
      const watched = this.#watched[index];
      if (was && watched && (statusOf(watched) & OPTIMISED) === 0) this.note("deoptimisation");
    });
    const collectedMs = statistics.reduce((sum, { cost }) => sum + cost / 1000, 0);
    const tiers = this.#others.map(tierOf);
    const isCompiled = tiers.some((tier, index) => tier !== this.#otherTiers[index]);
    this.#otherTiers = tiers;
    const ms = performance.now() - this.#began;
    const writingMs = ms - workMs;
    const truths = this.#truths;
    this.#pages.push({ ms, writingMs, waitedMs, collectedMs, truths, isCompiled });
  }

  /** All that was written. */
  close(): Page[] {
    this.#collections.stop();
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

/** Calls a function so often. V8 inlines none here: it has seen too many. */
export function repeat<A>(rounds: number, work: (given: A, round: number) => number, given: A): number {
  let sum = 0;
  for (let round = 0; round < rounds; round += 1) sum += work(given, round);
  return sum;
}

const MANY: readonly (() => number)[] = [
  () => 0,
  () => 1,
  () => 2,
  () => 3,
  () => 4,
  () => 5,
  () => 6,
  () => 7,
];
for (const work of MANY) repeat(1, work, null);
