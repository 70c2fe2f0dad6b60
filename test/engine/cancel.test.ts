import assert from "node:assert/strict";
import { emitted, failureOf, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** A thousand blocks of a second of audio each; every one takes real work. */
const LONG = wavFile({ sampleRate: 100, frames: 100_000 });
const WORKS = `
export default { name: "Works", blockFrames: 100, stages: {
  count: ({ emit }) => (block) => {
    for (const end = performance.now() + 10; performance.now() < end;);
    emit("second", block.time);
  },
  listen: { scope: "file", create: ({ emit }) => () => emit("listened", true) },
} };
`;

describe("cancelling", () => {
  const workspace = profiledWorkspace();

  it("keeps what was measured until then, and leaves nothing behind", async () => {
    const running = workspace.start(
      { "works.pipeline.mjs": WORKS, "recording.wav": LONG },
      { segmentSeconds: 20 },
    );
    await running.reached(({ phase, audioSeconds }) => phase === "timed" && audioSeconds >= 1);
    running.cancel();
    const { run } = await running.outcome;
    workspace.assertNothingLeft();

    assert.equal(run.state, "cancelled");
    const seconds = emitted(run, "second");
    assert.ok(seconds.length > 0 && seconds.length < 1000, `${seconds.length} blocks`);
    assert.deepEqual(
      seconds,
      Array.from(seconds, (_, second) => second),
    );
    assert.equal(run.stages[0]?.calls, seconds.length);
    assert.ok(run.stages[0].selfMs >= 10 * seconds.length);
    assert.equal(run.stages[1]?.calls, 0);
    assert.equal(run.audio.durationSeconds, 1000);
    assert.ok(
      run.findings.some(({ kind, text }) => kind === "cancelled" && text.startsWith("The run was cancelled")),
    );
  });

  it("inside an endless loop ends the process", async () => {
    const running = workspace.start({
      "stuck.pipeline.mjs": `export default { stages: { stuck: () => () => { console.log("stuck"); for (;;); } } };`,
    });
    await running.reached(({ stage }) => stage === "stuck");
    running.cancel();
    const { message, details } = await failureOf(running);
    workspace.assertNothingLeft();
    assert.equal(details.kind, "cancelled");
    assert.match(message, /^The (profile|run) was cancelled before anything was measured\.$/);
  });

  it("inside an endless loop keeps the segments that were done before", async () => {
    const pipeline = `export default { blockFrames: 100, stages: { late: ({ emit }) => ({ time }) => {
      emit("second", time);
      while (time >= 25);
    } } };`;
    const running = workspace.start(
      { "late.pipeline.mjs": pipeline, "recording.wav": LONG },
      { segmentSeconds: 10 },
    );
    await running.reached(({ audioSeconds }) => audioSeconds >= 25);
    running.cancel();
    const { run } = await running.outcome;
    workspace.assertNothingLeft();
    assert.equal(run.state, "cancelled");
    assert.deepEqual(
      emitted(run, "second"),
      Array.from({ length: 20 }, (_, second) => second),
    );
    assert.match(run.findings.find(({ kind }) => kind === "cancelled")?.text ?? "", /up to 0:20\.0/);
  });

  it("while it is loading ends the process", async () => {
    const running = workspace.start({ "loads.pipeline.mjs": "for (;;);" });
    await running.reached(({ phase }) => phase === "loading");
    running.cancel();
    const { details } = await failureOf(running);
    workspace.assertNothingLeft();
    assert.equal(details.kind, "cancelled");
  });

  it("while it waits for a promise ends the process", async () => {
    const running = workspace.start({
      "waits.pipeline.mjs": `export default { stages: { waits: () => () => new Promise(() => {}) } };`,
    });
    await running.reached(({ stage }) => stage === "waits");
    running.cancel();
    const { details } = await failureOf(running);
    workspace.assertNothingLeft();
    assert.equal(details.kind, "cancelled");
  });

  it("right after the start ends it before anything was measured", async () => {
    const running = workspace.start({ "works.pipeline.mjs": WORKS, "recording.wav": LONG });
    running.cancel();
    const { details } = await failureOf(running);
    assert.equal(details.kind, "cancelled");
  });
});
