import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { emitted, MEASURE_LITTLE, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** Keeps every core busy, two threads on each, until it is ended. */
const BUSY = `const { Worker } = require("node:worker_threads");
for (let core = 0; core < ${2 * availableParallelism()}; core++) new Worker("for (;;) {}", { eval: true });
setTimeout(() => console.log("busy"), 100);`;

const PIPELINE = (work: string): string => `let made = 0;
import { appendFileSync, existsSync } from "node:fs";
export default { blockFrames: 100, stages: { works: ({ emit }) => {
  console.log("made", ++made);
  return () => { const end = performance.now() + 20; while (performance.now() < end); emit("block", 1); ${work} };
}, after: { scope: "file", create: () => () => {} } } };`;

describe("a run beside programs that keep all cores busy", function () {
  const workspace = profiledWorkspace();
  const RECORDING = wavFile({ sampleRate: 1000, frames: 2000 });
  let busy: ChildProcess | undefined;

  before(async function () {
    if (process.platform !== "linux") {
      console.log("      Only Linux tells how long a thread waited for a core.");
      this.skip();
    }
    const started = spawn(process.execPath, ["-e", BUSY], { stdio: ["ignore", "pipe", "inherit"] });
    busy = started;
    await once(started.stdout, "data");
  });

  after(() => {
    busy?.kill("SIGKILL");
  });

  it("is marked, says how much, and was measured again, of which nobody sees more than the times", async () => {
    const started = workspace.start(
      {
        "works.pipeline.mjs": PIPELINE(`existsSync("/nowhere");`),
        "recording.wav": RECORDING,
      },
      { measure: { ...MEASURE_LITTLE, io: true, repeats: 2 } },
    );
    const { run } = await started.outcome;
    const { disturbance } = run;
    assert.equal(disturbance?.isDisturbed, true, JSON.stringify(disturbance));
    assert.equal(disturbance.repeats, 2);
    // How long a stage waited is up to the scheduler, which favours sessions with few threads.
    assert.notEqual(disturbance.runQueueShare, "unknown");
    assert.ok(Number(disturbance.otherLoad) > 0.5, JSON.stringify(disturbance));
    const finding = run.findings.find(({ kind }) => kind === "disturbed");
    assert.match(
      finding?.text ?? "",
      /measured again \(2 repeats\): .*other programs kept [\d.]+ cores busy/,
    );
    assert.equal(emitted(run, "block").length, 20);
    assert.equal(run.stages[0]?.calls, 20);
    assert.deepEqual(
      run.io?.files.map(({ calls }) => calls),
      [20],
    );
    assert.deepEqual(
      started.output.map(({ text }) => text.trim()),
      ["made 1"],
    );
  });

  it("isn't measured again where a stage writes a file", async () => {
    const run = await workspace.profile(
      {
        "works.pipeline.mjs": PIPELINE(`appendFileSync(new URL("./log.txt", import.meta.url), "x");`),
        "recording.wav": RECORDING,
      },
      { measure: { ...MEASURE_LITTLE, io: true, repeats: 2, sampling: false } },
    );
    assert.equal(run.disturbance?.isDisturbed, true, JSON.stringify(run.disturbance));
    assert.equal(run.disturbance.repeats, 0);
    assert.ok(readFileSync(join(workspace.path, "log.txt"), "utf8").length >= 20);
  });
});
