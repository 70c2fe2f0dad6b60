import { lapsOf, loopIn, pipelineText, stageText, timedLoop, WORK, type Shape } from "../shape.ts";

const WORKERS = 4;

/**
 * Block stages on four workers where there are two cores. The pass is so long that it is sampled while it is timed, with
 * all workers at once: the sampler's clock then runs on while a worker waits for a core.
 */
export const fourWorkers: Shape = {
  name: "four-workers",
  title: "four workers on two cores",
  targets: [
    loopIn("long", "multiplies", 0.15, "multiplications"),
    loopIn("long", "divides", 0.15, "divisions"),
    loopIn("long", "sines", 0.15, "sines"),
    loopIn("long", "roots", 0.15, "roots in another file"),
    loopIn("short", "shortDivides", 0.2, "divisions of a second stage"),
    loopIn("short", "shortSines", 0.2, "sines of a second stage"),
  ],
  run: {
    settings: { workers: WORKERS, segmentSeconds: 2 },
    recordingSeconds: 136,
    near: 3,
  },
  files: (turns, clock) => ({
    "four-workers.pipeline.ts": pipelineText("Four workers", 'import { roots } from "./roots.ts";', clock, {
      long: block(
        stageText(`
        ${timedLoop(turns, clock, "multiplies", WORK.multiply)}
        ${timedLoop(turns, clock, "divides", WORK.divide)}
        ${timedLoop(turns, clock, "sines", WORK.sine)}
        level = roots(level);`),
      ),
      short: block(
        stageText(`
        ${timedLoop(turns, clock, "shortDivides", WORK.divide)}
        ${timedLoop(turns, clock, "shortSines", WORK.sine)}`),
      ),
    }),
    "roots.ts": `${lapsOf(clock)}
export function roots(level: number): number {
  ${timedLoop(turns, clock, "roots", WORK.root)}
  return level;
}
`,
  }),
};

const block = (create: string): string => `{ scope: "block", create: ${create} }`;
