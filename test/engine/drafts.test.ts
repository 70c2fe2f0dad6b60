import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { failureOf, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** Ten seconds; the first stage of the report begins a file, the second one goes on as it likes. */
const RECORDING = wavFile({ sampleRate: 100, frames: 1000 });
const writing = (goOn: string): string => `
import { writeFileSync } from "node:fs";
import { besideFile, WavWriter } from "waveflame";

let writer;
export default { name: "Writes", blockFrames: 100, stages: {
  hear: ({ emit }) => ({ time }) => emit("heard", time),
  begin: { scope: "file", create: ({ file, sampleRate, channelCount }) => async () => {
    writer = await WavWriter.create(besideFile(file, "report.wav"), { sampleRate, channelCount });
    await writer.write([new Float32Array(100)]);
  } },
  report: { scope: "file", create: ({ audio, file }) => async () => {
    ${goOn}
  } },
} };
`;

describe("What a pipeline was writing when its run ended", () => {
  const workspace = profiledWorkspace();
  const drafts = (): string[] => readdirSync(workspace.path).filter((name) => name.endsWith(".tmp"));

  it("is closed by the stage itself: a cancel ends the sound that it hears", async () => {
    const pipeline = writing(`
      try {
        for (;;) for await (const { channels } of audio()) await writer.write(channels);
      } catch (error) {
        writeFileSync(besideFile(file, "caught.txt"), error.message);
      } finally {
        await writer.abort();
        writeFileSync(besideFile(file, "closed.txt"), "by itself");
      }`);
    const running = workspace.start({ "writes.pipeline.mjs": pipeline, "recording.wav": RECORDING });
    await running.reached(({ stage }) => stage === "report");
    assert.equal(drafts().length, 1);
    running.cancel();
    const { run } = await running.outcome;
    assert.equal(run.state, "cancelled");
    assert.equal(readFileSync(join(workspace.path, "caught.txt"), "utf8"), "The run was cancelled");
    assert.ok(existsSync(join(workspace.path, "closed.txt")));
    assert.deepEqual(drafts(), []);
    workspace.assertNothingLeft();
  });

  for (const isolation of ["thread", "process"] as const) {
    it(`is removed with what the run kept, where the stage never ends (in a ${isolation})`, async () => {
      const pipeline = writing("for (;;);").replace("blockFrames", `isolation: "${isolation}", blockFrames`);
      const running = workspace.start({ "writes.pipeline.mjs": pipeline, "recording.wav": RECORDING });
      await running.reached(({ stage }) => stage === "report");
      assert.equal(drafts().length, 1);
      running.cancel();
      const { run } = await running.outcome;
      assert.equal(run.state, "cancelled");
      assert.deepEqual(drafts(), []);
      assert.ok(!existsSync(join(workspace.path, "report.wav")));
      workspace.assertNothingLeft();
    });
  }

  it("is removed where the engine's process was killed", async () => {
    const running = workspace.start({
      // By another process: of what a stage does itself an error is made.
      "writes.pipeline.mjs": writing(`
        const kills = "process.kill(Number(process.argv[1]), 'SIGKILL')";
        process.getBuiltinModule("node:child_process").spawnSync(process.execPath, ["-e", kills, process.pid]);
        for (;;);`),
      "recording.wav": RECORDING,
    });
    await failureOf(running);
    assert.deepEqual(drafts(), []);
    workspace.assertNothingLeft();
  });

  it("is removed where a stage threw and left it open", async () => {
    await workspace.failure({
      "writes.pipeline.mjs": writing(`throw new Error("no more");`),
      "recording.wav": RECORDING,
    });
    assert.deepEqual(drafts(), []);
  });

  it("stays where it got its name", async () => {
    const run = await workspace.profile({
      "writes.pipeline.mjs": writing("await writer.close();"),
      "recording.wav": RECORDING,
    });
    assert.equal(run.state, "complete");
    assert.deepEqual(drafts(), []);
    assert.ok(existsSync(join(workspace.path, "report.wav")));
  });
});
