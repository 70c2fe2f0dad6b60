import type { Settings } from "../../src/client/settings/settings.ts";
import type { Seconds, Share } from "../../src/core/units.ts";

/**
 * Code whose costs are known: a small pipeline, written anew for each benchmark. No target is much hotter than 15 %, because
 * a run samples until its hottest line is known well.
 */
export interface Shape {
  readonly name: string;
  readonly title: string;
  readonly targets: readonly Target[];
  /** File names and texts, the pipeline's own file first. */
  readonly files: (turns: Turns, clock: Clock) => Readonly<Record<string, string>>;
  /** Where the profiled run differs from the usual one. */
  readonly run?: ShapeRun;
}

export interface ShapeRun {
  readonly settings?: Partial<Settings>;
  readonly recordingSeconds?: Seconds;
  /** In points: what is promised where more workers are at work than there are cores. */
  readonly near?: number;
}

/** What must get its right share: the lines that carry its marks, in the files where it has some, or functions. */
export interface Target {
  /** Of the lap that times it. */
  readonly name: string;
  readonly title: string;
  /** Of the whole pipeline; the iteration counts are fitted to it. */
  readonly intended: Share;
  /** What its lines end with. */
  readonly marks: readonly string[];
  /** Ends of the names of functions that have no lines, as the call tree gives them; none where lines are looked at. */
  readonly functions?: readonly string[];
  /** Counted in this stage only. */
  readonly stage: string;
  /** False where the code gives its share, so that there is nothing to fit. */
  readonly fitted: boolean;
}

/** A target whose line ends with its name, in a loop that can be made longer. */
export const loopIn = (stage: string, name: string, intended: Share, title: string): Target => ({
  name,
  title,
  intended,
  marks: [name],
  stage,
  fitted: true,
});

/** A function's lines and those that call it, because what V8 inlines counts with the line that calls it. */
export const calledIn = (stage: string, name: string, intended: Share, title: string): Target => ({
  ...loopIn(stage, name, intended, title),
  marks: [name, `${name}Call`],
});

/** How often each target goes round in one block. */
export type Turns = Readonly<Record<string, number>>;

export const turnsOf = (turns: Turns, lap: string): number => turns[lap] ?? 1000;

/** Writes what times a target, or nothing: the profiled text and the timed one differ in this alone. */
export interface Clock {
  readonly runs: boolean;
  begin(lap: string): string;
  end(lap: string): string;
}

export const NO_CLOCK: Clock = { runs: false, begin: () => "", end: () => "" };

/** Keeps each `Lap` in `globalThis.laps`, which is emptied after each block. */
export const LAP_CLOCK: Clock = {
  runs: true,
  begin: (lap) => `const ${lap}Began = performance.now();`,
  end: (lap) => `laps.push({ lap: "${lap}", began: ${lap}Began, ended: performance.now() });`,
};

/** What the timed text needs before it. */
export const lapsOf = (clock: Clock): string =>
  clock.runs ? "const { laps } = globalThis as unknown as { laps: object[] };" : "";

/** A loop between its clocks, on a line that carries its mark. `body` is a statement. */
export const timedLoop = (turns: Turns, clock: Clock, lap: string, body: string): string =>
  `${clock.begin(lap)}
  for (let i = 0; i < ${turnsOf(turns, lap)}; i += 1) ${body} // ${lap}
  ${clock.end(lap)}`;

/** A loop between its clocks, on the line that calls a function. `body` is a statement. */
export const timedCalls = (turns: Turns, clock: Clock, lap: string, body: string): string =>
  `${clock.begin(lap)}
        for (let i = 0; i < ${turnsOf(turns, lap)}; i += 1) ${body} // ${lap}Call
        ${clock.end(lap)}`;

/**
 * How often code goes round whose parts are timed apart: where a clock would cost more than what it times, the timed text
 * has a loop for each part instead of one for all. Each part waits for the one before, so that together they take as long
 * as one by one; what a processor does side by side has no cost of its own.
 */
export const ROUNDS = 15_000;

/** The timed text of a part, as a statement, in a loop of its own. */
export const timedApart = (clock: Clock, lap: string, body: string): string =>
  `${clock.begin(lap)}
  for (let i = 0; i < ${ROUNDS}; i += 1) ${body}
  ${clock.end(lap)}`;

/** Loops of different cost: divisions, roots, sines, and multiplications, each of which waits for the one before. */
export const WORK = {
  multiply: "level = level * 0.75 + 0.1;",
  divide: "level = 1 / (level + 1);",
  root: "level = Math.sqrt(level + 0.25);",
  sine: "level = Math.sin(level + 0.5);",
} as const;

export const BLOCK_FRAMES = 1024;

/** A pipeline file. @param stages by name, as text */
export const pipelineText = (
  name: string,
  head: string,
  clock: Clock,
  stages: Readonly<Record<string, string>>,
): string => `${head}
${lapsOf(clock)}
export default {
  name: "${name}",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
${Object.entries(stages)
  .map(([stage, text]) => `    ${stage}: ${text},`)
  .join("\n")}
  },
};
`;

/** A stage whose body works on `level`. */
export const stageText = (body: string, asynchronous = false): string => `() => {
      return ${asynchronous ? "async " : ""}({ channels: [voice] }: { channels: Float32Array[] }) => {
        let level = voice[0];
        ${body}
        voice[0] = level;
      };
    }`;
