import { lapsOf, loopIn, pipelineText, stageText, timedLoop, turnsOf, WORK, type Shape } from "../shape.ts";

const IN = "descending";

/** A function that calls itself twice, two that call each other, and one that goes deeper than V8's sampler can see: clocks at the outermost calls. */
export const recursion: Shape = {
  name: "recursion",
  title: "recursion",
  targets: [
    { ...loopIn(IN, "fibonacci", 0.2, "calls itself twice"), marks: ["fibonacci", "fibonacciCall"] },
    { ...loopIn(IN, "mutual", 0.2, "two that call each other"), marks: ["even", "odd", "mutualCall"] },
    { ...loopIn(IN, "walk", 0.15, "work at each of 12 depths"), marks: ["walk", "walkCall"] },
    { ...loopIn(IN, "deep", 0.15, "400 deep"), marks: ["deep", "deepCall"] },
    loopIn(IN, "first", 0.15, "loop before"),
    loopIn(IN, "last", 0.15, "loop after"),
  ],
  files: (turns, clock) => ({
    "recursion.pipeline.ts": pipelineText(
      "Recursion",
      'import { deep, even, fibonacci, walk } from "./functions.ts";',
      clock,
      {
        [IN]: stageText(`
        ${timedLoop(turns, clock, "first", WORK.divide)}
        ${clock.begin("fibonacci")}
        for (let i = 0; i < ${turnsOf(turns, "fibonacci")}; i += 1) level += fibonacci(7); // fibonacciCall
        ${clock.end("fibonacci")}
        level = 1 / (level + 1);
        ${clock.begin("mutual")}
        for (let i = 0; i < ${turnsOf(turns, "mutual")}; i += 1) level += even(30) ? 1 : 0.5; // mutualCall
        ${clock.end("mutual")}
        level = 1 / (level + 1);
        ${clock.begin("walk")}
        level = walk(level, 12); // walkCall
        ${clock.end("walk")}
        ${clock.begin("deep")}
        for (let i = 0; i < ${turnsOf(turns, "deep")}; i += 1) level = deep(level, 400); // deepCall
        ${clock.end("deep")}
        ${timedLoop(turns, clock, "last", WORK.root)}`),
      },
    ),
    "functions.ts": `${lapsOf(clock)}
export function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); // fibonacci
}

export function even(n: number): boolean {
  return n === 0 || odd(n - 1); // even
}

function odd(n: number): boolean {
  return n !== 0 && even(n - 1); // odd
}

export function walk(level: number, depth: number): number {
  for (let i = 0; i < ${turnsOf(turns, "walk")}; i += 1) ${WORK.sine} // walk
  return depth > 1 ? walk(level, depth - 1) : level; // walk
}

export function deep(level: number, depth: number): number {
  const deeper = 1 / (level + 1); // deep
  return depth > 1 ? deep(deeper, depth - 1) + 0.1 : deeper; // deep
}
`,
  }),
};
