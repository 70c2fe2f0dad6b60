/**
 * Code whose costs are known: a small pipeline, written anew for each benchmark. A target is what must get its right
 * share: the lines that carry its name as a comment, in the files where it has some.
 */
export interface Shape {
  readonly name: string;
  readonly title: string;
  readonly targets: readonly Target[];
  /** File names and texts, the pipeline's own file first. */
  readonly files: (turns: Turns, clock: Clock) => Readonly<Record<string, string>>;
}

export interface Target {
  /** Of the lap that times it. */
  readonly name: string;
  readonly title: string;
  /** Of the whole pipeline, 0–1; the iteration counts are fitted to it. */
  readonly intended: number;
  /** What its lines end with. */
  readonly marks: readonly string[];
  /** Counted in this stage only. */
  readonly stage: string;
  /** False where the code gives its share, so that there is nothing to fit. */
  readonly fitted: boolean;
}

/** How often each target goes round in one block. */
export type Turns = Readonly<Record<string, number>>;

/** Writes what times a target, or nothing: the profiled text and the timed one differ in this alone. */
export interface Clock {
  readonly runs: boolean;
  begin(lap: string): string;
  end(lap: string): string;
}

export const NO_CLOCK: Clock = { runs: false, begin: () => "", end: () => "" };

/** Keeps the milliseconds of each block, by target, in `globalThis.laps`. */
export const LAP_CLOCK: Clock = {
  runs: true,
  begin: (lap) => `const ${lap}Began = performance.now();`,
  end: (lap) => `(laps.${lap} ??= []).push(performance.now() - ${lap}Began);`,
};

/** What the timed text needs before it. */
export const lapsOf = (clock: Clock): string =>
  clock.runs ? "const laps = ((globalThis as { laps?: Record<string, number[]> }).laps ??= {});" : "";

export const turnsOf = (turns: Turns, lap: string): number => turns[lap] ?? 1000;

export const BLOCK_FRAMES = 1024;
