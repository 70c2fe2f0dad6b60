import {
  loopIn,
  pipelineText,
  stageText,
  timedLoop,
  turnsOf,
  WORK,
  type Shape,
  type Target,
} from "../shape.ts";

const helperIn = (stage: string, intended: number): Target => ({
  ...loopIn(stage, `${stage}Helper`, intended, `helper in ${stage}`),
  // V8 leaves some of an inlined helper's ticks on the line that calls it.
  marks: [`${stage}Call`, "helper"],
});
const ownOf = (stage: string, intended: number): Target =>
  loopIn(stage, `${stage}Own`, intended, `own loop of ${stage}`);

/** A helper small enough to be inlined, twice as busy in one stage as in the other; each stage has a loop of its own. */
export const sharedHelper: Shape = {
  name: "shared-helper",
  title: "helper shared by two stages, 2 : 1",
  targets: [
    helperIn("busy", 0.2),
    ownOf("busy", 0.2),
    helperIn("calm", 0.1),
    ownOf("calm", 0.2),
    loopIn("other", "divides", 0.15, "divisions of a third stage"),
    loopIn("other", "sines", 0.15, "sines of a third stage"),
  ],
  // Stages' times come from the timed pass, once through the recording: first calls are to be few in it.
  run: { recordingSeconds: 12 },
  files: (turns, clock) => {
    const stage = (name: string): string =>
      stageText(`
        ${clock.begin(`${name}Helper`)}
        for (let i = 0; i < ${turnsOf(turns, `${name}Helper`)}; i += 1) level = soften(level); // ${name}Call
        ${clock.end(`${name}Helper`)}
        ${timedLoop(turns, clock, `${name}Own`, WORK.multiply)}`);
    return {
      "shared-helper.pipeline.ts": pipelineText(
        "Shared helper",
        'import { soften } from "./soften.ts";',
        clock,
        {
          busy: stage("busy"),
          calm: stage("calm"),
          other: stageText(`
        ${timedLoop(turns, clock, "divides", WORK.divide)}
        ${timedLoop(turns, clock, "sines", WORK.sine)}`),
        },
      ),
      "soften.ts": `export function soften(level: number): number {
  return (level + 0.5) / (1 + level * level); // helper
}
`,
    };
  },
};
