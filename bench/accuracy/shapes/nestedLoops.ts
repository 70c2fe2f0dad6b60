import {
  loopIn,
  pipelineText,
  ROUNDS,
  stageText,
  timedApart,
  timedLoop,
  turnsOf,
  WORK,
  type Shape,
} from "../shape.ts";

const IN = "nest";
const TWO_SINES = "level = Math.sin(1 + Math.sin(1 + level));";
const ONE_SINE = "level = Math.sin(1 + level);";

/**
 * Three loops deep, with work on each level; and a tight nest, in which a clock would cost more than the lines: its truth
 * comes from the same lines in a loop each.
 */
export const nestedLoops: Shape = {
  name: "nested-loops",
  title: "nested loops",
  targets: [
    loopIn(IN, "outer", 0.15, "work in the outer loop"),
    loopIn(IN, "middle", 0.15, "work in the middle one"),
    loopIn(IN, "inner", 0.15, "innermost loop, over two lines"),
    { ...loopIn(IN, "tightLong", 0.2, "tight nest, longer line"), fitted: false },
    { ...loopIn(IN, "tightShort", 0.1, "tight nest, shorter line"), fitted: false },
    loopIn(IN, "first", 0.15, "loop before"),
    loopIn(IN, "last", 0.1, "loop after"),
  ],
  files: (turns, clock) => {
    const tight = clock.runs
      ? `${timedApart(clock, "tightLong", TWO_SINES)}
        ${timedApart(clock, "tightShort", ONE_SINE)}`
      : `for (let row = 0; row < ${ROUNDS / 24}; row += 1) {
          for (let column = 0; column < 6; column += 1) {
            for (let tap = 0; tap < 4; tap += 1) {
              ${TWO_SINES} // tightLong
              ${ONE_SINE} // tightShort
            }
          }
        }`;
    return {
      "nested-loops.pipeline.ts": pipelineText("Nested loops", "", clock, {
        nest: stageText(`
        ${timedLoop(turns, clock, "first", WORK.divide)}
        for (let row = 0; row < 4; row += 1) {
          ${timedLoop(turns, clock, "outer", WORK.multiply)}
          for (let column = 0; column < 4; column += 1) {
            ${timedLoop(turns, clock, "middle", WORK.sine)}
            ${clock.begin("inner")}
            for (let tap = 0; tap < ${turnsOf(turns, "inner")}; tap += 1) { // inner
              ${WORK.divide} // inner
            }
            ${clock.end("inner")}
          }
        }
        ${tight}
        ${timedLoop(turns, clock, "last", WORK.root)}`),
      }),
    };
  },
};
