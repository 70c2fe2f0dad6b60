import { lapsOf, loopIn, pipelineText, stageText, timedLoop, turnsOf, WORK, type Shape } from "../shape.ts";

const IN = "descending";

/** A function that calls itself twice, two that call each other, and one that goes deeper than V8's sampler can see: clocks at the outermost calls. The deepest has the least part, because each sample takes time to look at so many frames. */
export const recursion: Shape = {
  name: "recursion",
  title: "recursion",
  targets: [
    { ...loopIn(IN, "branch", 0.2, "calls itself twice"), marks: ["branch", "branchCall"] },
    { ...loopIn(IN, "mutual", 0.2, "two that call each other"), marks: ["even", "odd", "mutualCall"] },
    { ...loopIn(IN, "walk", 0.15, "work at each of 12 depths"), marks: ["walk", "walkCall"] },
    { ...loopIn(IN, "deep", 0.08, "300 deep"), marks: ["deep", "deepCall"] },
    loopIn(IN, "first", 0.18, "loop before"),
    loopIn(IN, "last", 0.19, "loop after"),
  ],
  files: (turns, clock) => ({
    "recursion.pipeline.ts": pipelineText(
      "Recursion",
      'import { branch, deep, even, walk } from "./functions.ts";',
      clock,
      {
        [IN]: stageText(`
        ${timedLoop(turns, clock, "first", WORK.divide)}
        let x = 1;
        ${clock.begin("branch")}
        for (let i = 0; i < ${turnsOf(turns, "branch")}; i += 1) x = branch(6, x); // branchCall
        ${clock.end("branch")}
        ${clock.begin("mutual")}
        for (let i = 0; i < ${turnsOf(turns, "mutual")}; i += 1) x = even(30, x); // mutualCall
        ${clock.end("mutual")}
        ${clock.begin("walk")}
        level = walk(level, 12); // walkCall
        ${clock.end("walk")}
        ${clock.begin("deep")}
        for (let i = 0; i < ${turnsOf(turns, "deep")}; i += 1) x = deep(300, x); // deepCall
        ${clock.end("deep")}
        level += x;
        ${timedLoop(turns, clock, "last", WORK.root)}`),
      },
    ),
    "functions.ts": `${lapsOf(clock)}
export function branch(depth: number, x: number): number { // branch
  if (depth === 0) for (let i = 0; i < 200; i += 1) x = (x * 5 + 3) & 1023; // branch
  return depth === 0 ? x : (branch(depth - 1, x) + branch(depth - 1, x + 1)) & 1023; // branch
}

export function even(n: number, x: number): number { // even
  for (let i = 0; i < 100; i += 1) x = (x * 5 + 3) & 1023; // even
  return n === 0 ? x : odd(n - 1, x); // even
}

function odd(n: number, x: number): number { // odd
  for (let i = 0; i < 100; i += 1) x = (x * 7 + 1) & 1023; // odd
  return n === 0 ? x : even(n - 1, x); // odd
}

export function walk(level: number, depth: number): number { // walk
  for (let i = 0; i < ${turnsOf(turns, "walk")}; i += 1) ${WORK.sine} // walk
  return depth > 1 ? walk(level, depth - 1) : level; // walk
}

export function deep(depth: number, x: number): number { // deep
  for (let i = 0; i < 100; i += 1) x = (x * 5 + 3) & 1023; // deep
  return depth > 1 ? deep(depth - 1, x) + 1 : x; // deep
}
`,
  }),
};
