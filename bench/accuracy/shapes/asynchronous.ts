import { lapsOf, loopIn, pipelineText, stageText, timedLoop, WORK, type Shape } from "../shape.ts";

/**
 * Loops before and after what a stage awaits; the clocks hold no wait. A pass whose stages wait is sampled while it is
 * timed, ten times as thinly, so it has to be longer, and the lines that share a stage are small.
 */
export const asynchronous: Shape = {
  name: "asynchronous",
  title: "async",
  targets: [
    loopIn("waiting", "before", 0.09, "before the first await"),
    loopIn("waiting", "afterPromise", 0.09, "after a promise"),
    loopIn("waiting", "afterTurn", 0.09, "after a turn of the event loop"),
    loopIn("waiting", "helperBefore", 0.09, "async helper, before its await"),
    loopIn("waiting", "helperAfter", 0.09, "async helper, after it"),
    loopIn("plain", "plainLoop", 0.25, "stage that never waits"),
    loopIn("later", "laterLoop", 0.3, "another stage that waits"),
  ],
  run: { recordingSeconds: 65 },
  files: (turns, clock) => ({
    "asynchronous.pipeline.ts": pipelineText(
      "Asynchronous",
      'import { setImmediate } from "node:timers/promises";\nimport { settle } from "./settle.ts";',
      clock,
      {
        waiting: stageText(
          `
        ${timedLoop(turns, clock, "before", WORK.divide)}
        await Promise.resolve();
        ${timedLoop(turns, clock, "afterPromise", WORK.sine)}
        await setImmediate();
        ${timedLoop(turns, clock, "afterTurn", WORK.multiply)}
        level = await settle(level);`,
          true,
        ),
        plain: stageText(timedLoop(turns, clock, "plainLoop", WORK.root)),
        later: stageText(`await setImmediate();\n${timedLoop(turns, clock, "laterLoop", WORK.divide)}`, true),
      },
    ),
    "settle.ts": `import { setImmediate } from "node:timers/promises";
${lapsOf(clock)}
export async function settle(level: number): Promise<number> {
  ${timedLoop(turns, clock, "helperBefore", WORK.root)}
  await setImmediate();
  ${timedLoop(turns, clock, "helperAfter", WORK.divide)}
  return level;
}
`,
  }),
};
