import { BLOCK_FRAMES, lapsOf, turnsOf, type Shape, type Target } from "../shape.ts";

const loop = (name: string, intended: number): Target => ({
  name,
  title: `loop of ${intended * 100} %`,
  intended,
  marks: [name],
  stage: "loops",
  fitted: true,
});

/** Two loops in the pipeline's file, two in another, all in one stage. */
export const fourLoops: Shape = {
  name: "four-loops",
  title: "four loops over two files",
  targets: [loop("half", 0.5), loop("third", 0.3), loop("sixth", 0.15), loop("rest", 0.05)],
  files: (turns, clock) => ({
    "four-loops.pipeline.ts": `import { decay, swing } from "./loops.ts";
${lapsOf(clock)}
export default {
  name: "Four loops",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
    loops: () => {
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {
        let level = voice[0];
        ${clock.begin("half")}
        for (let i = 0; i < ${turnsOf(turns, "half")}; i += 1) level = level * 0.75 + 0.1; // half
        ${clock.end("half")}
        ${clock.begin("third")}
        for (let i = 0; i < ${turnsOf(turns, "third")}; i += 1) level = 1 / (level + 1); // third
        ${clock.end("third")}
        level = swing(level);
        voice[0] = decay(level);
      };
    },
  },
};
`,
    "loops.ts": `${lapsOf(clock)}
export function swing(level: number): number {
  ${clock.begin("sixth")}
  for (let i = 0; i < ${turnsOf(turns, "sixth")}; i += 1) level = Math.sin(level + 0.5); // sixth
  ${clock.end("sixth")}
  return level;
}

export function decay(level: number): number {
  ${clock.begin("rest")}
  for (let i = 0; i < ${turnsOf(turns, "rest")}; i += 1) level = Math.sqrt(level + 0.25); // rest
  ${clock.end("rest")}
  return level;
}
`,
  }),
};
