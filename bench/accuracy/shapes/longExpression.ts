import { BLOCK_FRAMES, lapsOf, turnsOf, type Shape, type Target } from "../shape.ts";

const ROUNDS = 15_000;

/**
 * Each line waits for the next one: what a processor does side by side has no cost of its own. `inner` stands for what
 * follows.
 */
const LINES = {
  long: (inner: string) => `Math.sin(1 + Math.sin(1 + Math.sin(1 + ${inner})))`,
  middle: (inner: string) => `Math.sin(1 + Math.sin(1 + ${inner}))`,
  short: (inner: string) => `Math.sin(1 + ${inner})`,
};

const line = (name: keyof typeof LINES, intended: number): Target => ({
  name,
  title: `${name} line`,
  intended,
  marks: [name],
  stage: "expression",
  fitted: false,
});

/** One expression over three lines in a loop; its truth comes from the same lines in a loop each. */
export const longExpression: Shape = {
  name: "long-expression",
  title: "expression over three lines",
  targets: [
    line("long", 0.3),
    line("middle", 0.2),
    line("short", 0.1),
    {
      name: "beside",
      title: "loop beside it",
      intended: 0.4,
      marks: ["beside"],
      stage: "expression",
      fitted: true,
    },
  ],
  files: (turns, clock) => {
    const apart = Object.entries(LINES).map(
      ([name, text]) => `
        ${clock.begin(name)}
        for (let i = 0; i < ${ROUNDS}; i += 1) level = ${text("level")};
        ${clock.end(name)}`,
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
      "long-expression.pipeline.ts": `${lapsOf(clock)}
export default {
  name: "Long expression",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
    expression: () => {
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {
        let level = voice[0];${clock.runs ? apart.join("") : together}
        ${clock.begin("beside")}
        for (let i = 0; i < ${turnsOf(turns, "beside")}; i += 1) level = 1 / (level + 1); // beside
        ${clock.end("beside")}
        voice[0] = level;
      };
    },
  },
};
`,
    };
  },
};
