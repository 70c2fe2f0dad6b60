import { BLOCK_FRAMES, lapsOf, turnsOf, type Shape, type Target } from "../shape.ts";

const LINES = {
  long: "Math.tanh(Math.exp(Math.cos(voice[i])))",
  middle: "Math.sin(Math.atan(voice[i]))",
  short: "Math.log1p(0.6 + voice[i])",
};

const line = (name: keyof typeof LINES, intended: number): Target => ({
  name,
  title: `line ${LINES[name].replaceAll("[i]", "")}`,
  intended,
  marks: [name],
  stage: "expression",
  fitted: false,
});

/** One expression over three lines in a loop; its truth comes from the same lines in a loop each. */
export const longExpression: Shape = {
  name: "long-expression",
  title: "an expression over several lines",
  targets: [
    line("long", 0.4),
    line("middle", 0.2),
    line("short", 0.1),
    {
      name: "beside",
      title: "loop beside it",
      intended: 0.3,
      marks: ["beside"],
      stage: "expression",
      fitted: true,
    },
  ],
  files: (turns, clock) => {
    const apart = Object.entries(LINES)
      .map(
        ([name, text]) => `
        ${clock.begin(name)}
        for (let turn = 0; turn < ROUNDS; turn += 1) {
          for (let i = 0; i < voice.length; i += 1) out[i] = ${text};
        }
        ${clock.end(name)}`,
      )
      .join("");
    const together = `
        for (let turn = 0; turn < ROUNDS; turn += 1) {
          for (let i = 0; i < voice.length; i += 1) {
            out[i] =
              ${LINES.long} * // long
              ${LINES.middle} * // middle
              ${LINES.short}; // short
          }
        }`;
    return {
      "long-expression.pipeline.ts": `${lapsOf(clock)}
const ROUNDS = 20;
export default {
  name: "Long expression",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
    expression: () => {
      const out = new Float32Array(${BLOCK_FRAMES});
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {${clock.runs ? apart : together}
        let level = out[0];
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
