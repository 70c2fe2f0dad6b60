import { lapsOf, loopIn, pipelineText, stageText, timedLoop, turnsOf, WORK, type Shape } from "../shape.ts";

const IN = "loops";

/** Loops of one line each, in one function and in functions of another file, one of them itself on one line. */
export const oneLineLoops: Shape = {
  name: "one-line-loops",
  title: "one-line loops",
  targets: [
    loopIn(IN, "multiplies", 0.15, "multiplications"),
    loopIn(IN, "divides", 0.15, "divisions"),
    loopIn(IN, "sines", 0.15, "sines"),
    loopIn(IN, "roots", 0.15, "roots"),
    loopIn(IN, "whiles", 0.15, "while"),
    loopIn(IN, "folds", 0.15, "function on one line"),
    loopIn(IN, "rest", 0.05, "loop of 5 %"),
    loopIn(IN, "least", 0.05, "loop of 5 % in the other file"),
  ],
  files: (turns, clock) => ({
    "one-line-loops.pipeline.ts": pipelineText(
      "One-line loops",
      'import { decay, fold, swing } from "./loops.ts";',
      clock,
      {
        loops: stageText(`
        ${timedLoop(turns, clock, "multiplies", WORK.multiply)}
        ${timedLoop(turns, clock, "divides", WORK.divide)}
        ${timedLoop(turns, clock, "rest", WORK.root)}
        ${clock.begin("whiles")}
        let left = ${turnsOf(turns, "whiles")};
        while (left-- > 0) level = 1 / (level + 2); // whiles
        ${clock.end("whiles")}
        level = swing(level);
        level = decay(level);
        ${clock.begin("folds")}
        level = fold(level);
        ${clock.end("folds")}`),
      },
    ),
    "loops.ts": `${lapsOf(clock)}
export function swing(level: number): number {
  ${timedLoop(turns, clock, "sines", WORK.sine)}
  ${timedLoop(turns, clock, "least", WORK.divide)}
  return level;
}

export function decay(level: number): number {
  ${timedLoop(turns, clock, "roots", WORK.root)}
  return level;
}

export const fold = (x: number): number => { for (let i = 0; i < ${turnsOf(turns, "folds")}; i += 1) x = 1 / (x + 1); return x; }; // folds
`,
  }),
};
