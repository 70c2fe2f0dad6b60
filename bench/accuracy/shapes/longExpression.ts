import {
  loopIn,
  pipelineText,
  ROUNDS,
  stageText,
  timedApart,
  timedLoop,
  WORK,
  type Shape,
  type Target,
} from "../shape.ts";

const IN = "expression";

/** `inner` stands for what follows. */
const LINES = {
  long: (inner: string) => `Math.sin(1 + Math.sin(1 + Math.sin(1 + ${inner})))`,
  middle: (inner: string) => `Math.sin(1 + Math.sin(1 + ${inner}))`,
  short: (inner: string) => `Math.sin(1 + ${inner})`,
};

const line = (name: keyof typeof LINES, intended: number): Target => ({
  ...loopIn(IN, name, intended, `${name} line`),
  fitted: false,
});

/** One expression over three lines in a loop; its truth comes from the same lines in a loop each. */
export const longExpression: Shape = {
  name: "long-expression",
  title: "expression over three lines",
  targets: [
    line("long", 0.21),
    line("middle", 0.14),
    line("short", 0.07),
    loopIn(IN, "before", 0.19, "loop before it"),
    loopIn(IN, "between", 0.19, "loop after it"),
    loopIn(IN, "after", 0.2, "last loop"),
  ],
  files: (turns, clock) => {
    const apart = Object.entries(LINES).map(([name, text]) =>
      timedApart(clock, name, `level = ${text("level")};`),
    );
    const { long, middle, short } = LINES;
    const below = (mark: string, text: string): string => `// ${mark}\n            ${text}`;
    const whole = long(below("long", middle(below("middle", short("level")))));
    const together = `
        for (let i = 0; i < ${ROUNDS}; i += 1) {
          level =
            ${whole}; // short
        }`;
    return {
      "long-expression.pipeline.ts": pipelineText("Long expression", "", clock, {
        [IN]: stageText(`
        ${timedLoop(turns, clock, "before", WORK.divide)}
        ${clock.runs ? apart.join("\n        ") : together}
        ${timedLoop(turns, clock, "between", WORK.root)}
        ${timedLoop(turns, clock, "after", WORK.multiply)}`),
      }),
    };
  },
};
