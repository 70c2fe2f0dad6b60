import { lapsOf, loopIn, pipelineText, stageText, timedLoop, turnsOf, WORK, type Shape } from "../shape.ts";

const IN = "yielding";

/**
 * Work between yields and in the loop that takes what is yielded, with clocks around each. A generator that does
 * little between yields is too quick for clocks of its own: it counts together with the loop that it feeds.
 */
export const generators: Shape = {
  name: "generators",
  title: "generators",
  targets: [
    loopIn(IN, "yielded", 0.15, "work between yields"),
    loopIn(IN, "taken", 0.15, "work in for-of"),
    { ...loopIn(IN, "counting", 0.2, "generator of small steps"), marks: ["counting", "countingLoop"] },
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
        let sum = 0;
        ${clock.begin("counting")}
        for (const step of counted(${turnsOf(turns, "counting")})) sum = (sum + step) & 1023; // countingLoop
        ${clock.end("counting")}
        ${clock.begin("chained")}
        for (const step of chained(${turnsOf(turns, "chained")})) sum = (sum + step) & 1023; // chainedLoop
        ${clock.end("chained")}
        level += sum;
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

export function* counted(turns: number): Generator<number> { // counting
  for (let step = 0, x = 1; step < turns; step += 1) { // counting
    for (let i = 0; i < 100; i += 1) x = (x * 5 + 3) & 1023; // counting
    yield x; // counting
  }
}

export function* chained(turns: number): Generator<number> { // chained
  for (const step of inner(turns)) yield step + 1; // chained
}

function* inner(turns: number): Generator<number> { // chained
  for (let step = 0, x = 1; step < turns; step += 1) { // chained
    for (let i = 0; i < 100; i += 1) x = (x * 7 + 1) & 1023; // chained
    yield x; // chained
  }
}
`,
  }),
};
