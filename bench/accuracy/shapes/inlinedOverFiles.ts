import {
  loopIn,
  pipelineText,
  ROUNDS,
  stageText,
  timedApart,
  timedLoop,
  WORK,
  type Shape,
} from "../shape.ts";

const IN = "shaping";
const OWN = "level = Math.sin(1 + level);";
const WARM = "Math.sin(1 + Math.sin(1 + level))";
const BEND = "Math.sin(2 + Math.sin(1 + level))";

/**
 * A helper that calls a helper, each in a file of its own, small enough to be inlined into a loop that has work of its own.
 * Its truth comes from the same lines in a loop each: a clock inside would cost more than they do.
 */
export const inlinedOverFiles: Shape = {
  name: "inlined-over-files",
  title: "helpers inlined over three files",
  targets: [
    { ...loopIn(IN, "own", 0.1, "line of the loop itself"), fitted: false },
    // V8 leaves some of an inlined helper's ticks on the line that calls it.
    {
      ...loopIn(IN, "warm", 0.2, "helper in another file"),
      marks: ["warm", "warmCall"],
      fitted: false,
    },
    {
      ...loopIn(IN, "bend", 0.2, "its helper in a third file"),
      marks: ["bend", "bendCall"],
      fitted: false,
    },
    { ...loopIn(IN, "soften", 0.15, "helper in a loop of its own"), marks: ["soften", "softenCall"] },
    loopIn(IN, "first", 0.15, "loop before"),
    loopIn(IN, "last", 0.2, "loop after"),
  ],
  files: (turns, clock) => {
    const together = clock.runs
      ? `${timedApart(clock, "own", OWN)}
        ${timedApart(clock, "warm", `level = ${WARM};`)}
        ${timedApart(clock, "bend", `level = ${BEND};`)}`
      : `for (let i = 0; i < ${ROUNDS}; i += 1) {
          ${OWN} // own
          level = warm(level); // warmCall
        }`;
    return {
      "inlined.pipeline.ts": pipelineText(
        "Inlined over files",
        'import { soften, warm } from "./warm.ts";',
        clock,
        {
          shaping: stageText(`
        ${timedLoop(turns, clock, "first", WORK.divide)}
        ${together}
        ${timedLoop(turns, clock, "soften", "level = soften(level);").replace("// soften", "// softenCall")}
        ${timedLoop(turns, clock, "last", WORK.root)}`),
        },
      ),
      "warm.ts": `import { bend } from "./bend.ts";

export function warm(level: number): number {
  const warmed = ${WARM}; // warm
  return bend(warmed); // bendCall
}

export const soften = (level: number): number =>
  (level + 0.5) / (1 + level * level); // soften
`,
      "bend.ts": `export function bend(level: number): number {
  return ${BEND}; // bend
}
`,
    };
  },
};
