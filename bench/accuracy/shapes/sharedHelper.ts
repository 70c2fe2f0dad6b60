import { BLOCK_FRAMES, lapsOf, turnsOf, type Shape, type Target } from "../shape.ts";

const helperIn = (stage: string, intended: number): Target => ({
  name: `${stage}Helper`,
  title: `helper in ${stage}`,
  intended,
  // V8 leaves some of an inlined helper's ticks on the line that calls it.
  marks: [`${stage}Call`, "helper"],
  stage,
  fitted: true,
});

const ownOf = (stage: string, intended: number): Target => ({
  name: `${stage}Own`,
  title: `own loop of ${stage}`,
  intended,
  marks: [`${stage}Own`],
  stage,
  fitted: true,
});

/** A helper small enough to be inlined, twice as busy in one stage as in the other; each stage has a loop of its own. */
export const sharedHelper: Shape = {
  name: "shared-helper",
  title: "helper inlined into two stages, 2 : 1",
  targets: [helperIn("busy", 0.4), ownOf("busy", 0.2), helperIn("calm", 0.2), ownOf("calm", 0.2)],
  files: (turns, clock) => {
    const stage = (name: string): string => `
    ${name}: () => {
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {
        let level = voice[0];
        ${clock.begin(`${name}Helper`)}
        for (let i = 0; i < ${turnsOf(turns, `${name}Helper`)}; i += 1) level = soften(level); // ${name}Call
        ${clock.end(`${name}Helper`)}
        ${clock.begin(`${name}Own`)}
        for (let i = 0; i < ${turnsOf(turns, `${name}Own`)}; i += 1) level = level * 0.75 + 0.1; // ${name}Own
        ${clock.end(`${name}Own`)}
        voice[0] = level;
      };
    },`;
    return {
      "shared-helper.pipeline.ts": `import { soften } from "./soften.ts";
${lapsOf(clock)}
export default {
  name: "Shared helper",
  blockFrames: ${BLOCK_FRAMES},
  stages: {${stage("busy")}${stage("calm")}
  },
};
`,
      "soften.ts": `export function soften(level: number): number {
  return (level + 0.5) / (1 + level * level); // helper
}
`,
    };
  },
};
