import { BLOCK_FRAMES, lapsOf, turnsOf, type Clock, type Shape, type Target, type Turns } from "../shape.ts";

/** Code that goes round between its clocks, each line with its mark. */
export interface TimedCode {
  readonly name: string;
  readonly title: string;
  readonly code: string;
}

/** What a pipeline of one stage keeps, and what it does with each block; each part takes an equal share. */
export interface UnseenText {
  readonly name: string;
  readonly title: string;
  /** Before the stages. */
  readonly head: string;
  /** In the stage's factory. */
  readonly state: string;
  readonly parts: readonly TimedCode[];
}

const STAGE = "works";

export function unseenShape({ name, title, head, state, parts }: UnseenText): Shape {
  const targets = parts.map((part): Target => ({
    name: part.name,
    title: part.title,
    intended: 1 / parts.length,
    marks: [part.name],
    stage: STAGE,
    fitted: true,
  }));
  const files = (turns: Turns, clock: Clock): Record<string, string> => ({
    [`${name}.pipeline.ts`]: `${head}
${lapsOf(clock)}
export default {
  name: "${title}",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
    ${STAGE}: () => {
      ${state}
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {
${parts.map((part) => partText(part, turns, clock)).join("\n")}
      };
    },
  },
};
`,
  });
  return { name, title, targets, files };
}

const partText = ({ name, code }: TimedCode, turns: Turns, clock: Clock): string => `${clock.begin(name)}
${marked(`for (let turn = 0; turn < ${turnsOf(turns, name)}; turn += 1) {\n${code.trim()}\n}`, name)}
${clock.end(name)}`;

const marked = (code: string, mark: string): string =>
  code
    .split("\n")
    .map((line) => `${line} // ${mark}`)
    .join("\n");
