import { loopIn, pipelineText, stageText, timedLoop, WORK, type Shape } from "../shape.ts";

const IN = "arrays";

/** What the runtime does for a line in one call: it counts on the line that calls it. So much in a call that calling costs nothing. */
export const typedArrays: Shape = {
  name: "typed-arrays",
  title: "typed arrays' built-ins",
  targets: [
    loopIn(IN, "fills", 0.15, "fill"),
    loopIn(IN, "sets", 0.15, "set"),
    loopIn(IN, "copies", 0.15, "copyWithin"),
    loopIn(IN, "reverses", 0.1, "reverse"),
    loopIn(IN, "sorts", 0.15, "sort"),
    loopIn(IN, "powers", 0.15, "Math.pow"),
    loopIn(IN, "divides", 0.15, "plain loop"),
  ],
  files: (turns, clock) => ({
    "typed-arrays.pipeline.ts": `${pipelineText("Typed arrays", "", clock, {
      [IN]: stageText(`
        ${timedLoop(turns, clock, "fills", "scratch.fill(i);")}
        ${timedLoop(turns, clock, "sets", "scratch.set(voice);")}
        ${timedLoop(turns, clock, "copies", "scratch.copyWithin(1, 0);")}
        ${timedLoop(turns, clock, "reverses", "scratch.reverse();")}
        ${timedLoop(turns, clock, "sorts", "scratch.sort();")}
        ${timedLoop(turns, clock, "powers", "level = Math.pow(level + 1.5, 0.4);")}
        ${timedLoop(turns, clock, "divides", WORK.divide)}`),
    })}
const scratch = new Float32Array(1024);
`,
  }),
};
