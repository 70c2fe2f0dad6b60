import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Microseconds } from "../../src/core/units.ts";

/** Small blocks, so that there are many spans. */
export const BLOCK_FRAMES = 64;
/** What a stage takes for one block; a little over the 20 µs from which the bound counts. */
export const STAGE_MICROSECONDS: readonly Microseconds[] = [21, 105, 1050];

const TRIAL_TURNS = 100_000;
const TRIALS = 25;

export type Samples = Record<number, number>;

/** The work of a stage: divisions, each of which waits for the one before. */
export function divide(samples: Samples, turns: number): void {
  let level = samples[0] ?? 0.5;
  for (let i = 0; i < turns; i += 1) level = 1 / (level + 1);
  samples[0] = level;
}

/** How many divisions take so long here, when nothing disturbs them. */
export function turnsFor(microseconds: Microseconds): number {
  const samples = [0.5];
  const trials = Array.from({ length: TRIALS }, () => {
    const began = performance.now();
    divide(samples, TRIAL_TURNS);
    return performance.now() - began;
  });
  return Math.round((microseconds * TRIAL_TURNS) / (Math.min(...trials) * 1000));
}

/** A pipeline of one stage for each of the durations; gives its path. */
export async function writeSpanStages(folder: string): Promise<string> {
  const stages = STAGE_MICROSECONDS.map((microseconds) => stageText(microseconds, turnsFor(microseconds)));
  const path = join(folder, "spans.pipeline.js");
  await writeFile(
    path,
    `export default {
  name: "Spans",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
${stages.join("\n")}
  },
};
`,
  );
  return path;
}

const stageText = (microseconds: Microseconds, turns: number): string => `    takes${microseconds}: () => {
      return ({ channels: [samples] }) => {
        let level = samples[0];
        for (let i = 0; i < ${turns}; i += 1) level = 1 / (level + 1);
        samples[0] = level;
      };
    },`;
