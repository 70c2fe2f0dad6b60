import type { Phase, Progress, ProgressStep } from "../../protocol/engine.ts";
import { Board } from "../worker/lane/board.ts";
import type { Lane } from "./lane.ts";

const LOOK_EVERY_MS = 100;
/** From then on nobody can say how long it will take. */
const STANDS_STILL_MS = 2000;

export interface WatchOptions {
  readonly lanes: () => readonly Lane[];
  readonly stallMs: number;
  readonly totalSeconds: number;
  readonly stageNames: () => readonly string[];
  onProgress(progress: Progress): void;
  /** Nothing was finished for `stallMs`. */
  onStall(lane: Lane): void;
}

/** Looks at the lanes' boards from outside: progress, standing still, and whether a timed pass takes long. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #beats = new Map<Lane, { beats: number; since: number }>();
  #phase: Phase = "loading";
  #phaseBegan = performance.now();
  #segments = 1;
  #step: ProgressStep | undefined;
  /** Stage calls that the pass will make; null where that isn't known. */
  #expectedCalls: number | null = null;
  #expectedMs: number | null = null;
  #onLong: ((now: number) => void) | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.look();
    }, LOOK_EVERY_MS);
  }

  /**
   * @param expected calls or milliseconds until its end, for the time left
   * @param step where the phase has several
   */
  enter(
    phase: Phase,
    segments = 1,
    expected: { calls?: number; ms?: number } = {},
    step?: ProgressStep,
  ): void {
    this.#phase = phase;
    this.#phaseBegan = performance.now();
    this.#segments = segments;
    this.#step = step;
    this.#expectedCalls = expected.calls ?? null;
    this.#expectedMs = expected.ms ?? null;
    this.#onLong = undefined;
    this.#beats.clear();
    this.look();
  }

  /** Calls back once as soon as the phase is expected to take longer than `limitMs`. */
  whenLongerThan(limitMs: number, settledMs: number, then: () => void): void {
    let beforeFirst = 0;
    this.#onLong = (now) => {
      const elapsed = now - this.#phaseBegan;
      const done = this.#done();
      // Before the first call the recording is read, which says nothing of the rest.
      if (done === 0) beforeFirst = elapsed;
      const worked = elapsed - beforeFirst;
      const expected = done > 0 && worked >= settledMs ? beforeFirst + worked / done : elapsed;
      if (Math.max(elapsed, expected) <= limitMs) return;
      this.#onLong = undefined;
      then();
    };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** 0 to 1. */
  #done(): number {
    if (this.#expectedMs !== null)
      return Math.min(1, (performance.now() - this.#phaseBegan) / this.#expectedMs);
    if (!this.#expectedCalls) return 0;
    const calls = this.#options.lanes().reduce((sum, { board }) => sum + Atomics.load(board, Board.calls), 0);
    return Math.min(1, calls / this.#expectedCalls);
  }

  look(now = performance.now()): void {
    const lanes = this.#options.lanes();
    this.#report(lanes);
    this.#onLong?.(now);
    if (!lanes.some(({ channel }) => channel.isWaiting)) {
      // The engine itself is at work, however long: nobody stands still.
      this.#beats.clear();
      return;
    }
    for (const lane of lanes) {
      const beats = Atomics.load(lane.board, Board.beats);
      const known = this.#beats.get(lane);
      if (known?.beats !== beats) this.#beats.set(lane, { beats, since: now });
    }
    // Lanes wait for each other: only when all of them stand still the run does.
    const times = lanes.map((lane) => this.#beats.get(lane)?.since ?? now);
    if (now - Math.max(...times) < this.#options.stallMs) return;
    const stuck = lanes.find(({ board }) => Atomics.load(board, Board.stage) >= 0) ?? lanes[0];
    this.#beats.clear();
    if (stuck) this.#options.onStall(stuck);
  }

  #report(lanes: readonly Lane[]): void {
    const furthest = [...lanes].sort((a, b) => position(b) - position(a))[0];
    const stage = furthest ? Atomics.load(furthest.board, Board.stage) : -1;
    const done = this.#done();
    const elapsed = (performance.now() - this.#phaseBegan) / 1000;
    const advances = lanes.some(
      (lane) => performance.now() - (this.#beats.get(lane)?.since ?? 0) < STANDS_STILL_MS,
    );
    this.#options.onProgress({
      phase: this.#phase,
      stage: this.#options.stageNames()[stage] ?? null,
      segment: Math.min(this.#segments, (furthest ? Atomics.load(furthest.board, Board.segment) : 0) + 1),
      segments: this.#segments,
      audioSeconds: Math.min(this.#options.totalSeconds, (furthest ? position(furthest) : 0) / 1000),
      totalSeconds: this.#options.totalSeconds,
      leftSeconds: done > 0.01 && advances ? (elapsed / done) * (1 - done) : null,
      ...(this.#step ? { step: this.#step } : {}),
    });
  }
}

const position = ({ board }: Lane): number => Atomics.load(board, Board.position);
