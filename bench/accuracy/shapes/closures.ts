import {
  calledIn,
  loopIn,
  pipelineText,
  timedCalls,
  timedLoop,
  turnsOf,
  WORK,
  type Shape,
} from "../shape.ts";

const IN = "closing";
/** Functions that keep variables, made by one maker and by several, and callbacks of arrays' methods: clocks around the loops that call them. */
export const closures: Shape = {
  name: "closures",
  title: "closures",
  targets: [
    calledIn(IN, "follows", 0.2, "closure with state"),
    calledIn(IN, "scales", 0.15, "two of one maker"),
    calledIn(IN, "composed", 0.15, "closure over closures"),
    calledIn(IN, "reduced", 0.15, "callback of reduce"),
    calledIn(IN, "each", 0.1, "callback of a typed array's forEach"),
    loopIn(IN, "kept", 0.1, "loop over a kept variable"),
    loopIn(IN, "last", 0.15, "loop after"),
  ],
  files: (turns, clock) => {
    return {
      "closures.pipeline.ts": pipelineText(
        "Closures",
        'import { compose, follower, scaler } from "./makers.ts";',
        clock,
        {
          [IN]: `() => {
      const follow = follower(5);
      const louder = scaler(1.25);
      const softer = scaler(0.75);
      const both = compose((x) => 1 / (x + 2), (x) => 1 / (x + 3)); // composed
      let sum = 1;
      const sums = new Float64Array(1);
      const whole = Int32Array.from({ length: 64 }, (_, step) => step);
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {
        let level = voice[0];
        
        ${timedCalls(turns, clock, "follows", "sum = follow(sum);")}
        ${timedCalls(turns, clock, "scales", "level = softer(louder(level));")}
        ${timedCalls(turns, clock, "composed", "level = both(level);")}
        ${clock.begin("reduced")}
        for (let i = 0; i < ${turnsOf(turns, "reduced")}; i += 1)
          sum = whole.reduce((all, step) => { // reducedCall
            for (let j = 0; j < 100; j += 1) all = (all * 7 + step) & 1023; // reduced
            return all; // reduced
          }, sum); // reducedCall
        ${clock.end("reduced")}
        ${timedCalls(turns, clock, "each", "whole.forEach((x) => { for (let j = 0; j < 100; j += 1) x = (x * 5 + 3) & 1023; sum += x & 1; });")}
        ${clock.begin("kept")}
        for (let i = 0; i < ${turnsOf(turns, "kept")}; i += 1) sums[0] = Math.sin(sums[0] + 0.5); // kept
        ${clock.end("kept")}
        ${timedLoop(turns, clock, "last", WORK.divide)}
        voice[0] = level + sums[0] + sum;
      };
    }`,
        },
      ),
      "makers.ts": `export function follower(speed: number): (x: number) => number {
  let state = 1;
  return (x) => { // follows
    for (let j = 0; j < 100; j += 1) x = (x * speed + 3) & 1023; // follows
    state = (state + x) & 1023; // follows
    return state; // follows
  };
}

export const scaler = (gain: number) => (x: number) => // scales
  gain / (x + 1); // scales

export function compose(first: (x: number) => number, second: (x: number) => number) {
  return (x: number): number => second(first(x)); // composed
}
`,
    };
  },
};
