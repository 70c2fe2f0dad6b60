import { lapsOf, loopIn, pipelineText, stageText, timedLoop, turnsOf, WORK, type Shape } from "../shape.ts";

const IN = "yielding";

/**
 * Work between yields and in the loop that takes what is yielded, with clocks around each. A generator that only counts
 * is too quick for clocks of its own: it counts together with the loop that it feeds.
 */
export const generators: Shape = {
  name: "generators",
  title: "generators",
  targets: [
    loopIn(IN, "yielded", 0.15, "work between yields"),
    loopIn(IN, "taken", 0.15, "work in for-of"),
    { ...loopIn(IN, "counting", 0.2, "generator that only counts"), marks: ["counting", "countingLoop"] },
    { ...loopIn(IN, "chained", 0.15, "generator over a generator"), marks: ["chained", "chainedLoop"] },
    loopIn(IN, "first", 0.15, "loop before"),
    loopIn(IN, "last", 0.2, "loop after"),
  ],
  files: (turns, clock) => ({
    "generators.pipeline.ts": pipelineText(
      "Generators",
      'import { chained, counted, worked } from "./generators.ts";',
      clock,
      {
        [IN]: stageText(`
        ${timedLoop(turns, clock, "first", WORK.divide)}
        for (const given of worked(level)) {
          level = given;
          ${timedLoop(turns, clock, "taken", WORK.sine)}
        }
        ${clock.begin("counting")}
        for (const step of counted(${turnsOf(turns, "counting")})) level = level * 0.5 + step; // countingLoop
        ${clock.end("counting")}
        level = 1 / (level + 1);
        ${clock.begin("chained")}
        for (const step of chained(${turnsOf(turns, "chained")})) level = level * 0.5 + step; // chainedLoop
        ${clock.end("chained")}
        level = 1 / (level + 1);
        ${timedLoop(turns, clock, "last", WORK.root)}`),
      },
    ),
    "generators.ts": `${lapsOf(clock)}
export function* worked(level: number): Generator<number> {
  for (let given = 0; given < 8; given += 1) {
    ${timedLoop(turns, clock, "yielded", WORK.multiply)}
    yield level;
  }
}

export function* counted(turns: number): Generator<number> {
  for (let step = 0; step < turns; step += 1) yield step; // counting
}

export function* chained(turns: number): Generator<number> {
  for (const step of inner(turns)) yield step + 1; // chained
}

function* inner(turns: number): Generator<number> {
  for (let step = 0; step < turns; step += 1) yield step; // chained
}
`,
  }),
};
