import assert from "node:assert/strict";
import { emitted, lineOf, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { nativeAddOn } from "../support/nativeAddOn.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

/** Five seconds; a stage of each scope, one of them with work that the sampler can find. */
const RECORDING = wavFile({
  sampleRate: 8000,
  channels: 2,
  frames: 40_000,
  sample: (frame) => (frame % 100) / 200,
});
const pipeline = (isolation: string): string => `import { isMainThread } from "node:worker_threads";
export default { name: "Apart", blockFrames: 500, isolation: ${JSON.stringify(isolation)}, stages: {
  sum: ({ emit }) => {
    let sum = 0;
    return ({ channels: [left] }) => {
      for (let round = 0; round < 40; round++) for (const x of left) sum += Math.sin(x) / 40; // hot
      emit("sum", sum);
    };
  },
  half: { scope: "block", create: ({ emit }) => ({ channels: [, right] }) => {
    for (let i = 0; i < right.length; i++) right[i] *= 0.5;
    emit("spectrum", right.slice(0, 3));
  } },
  listen: { scope: "file", create: ({ emit, audio }) => async () => {
    let sum = 0;
    for await (const { channels: [, right] } of audio()) for (const x of right) sum += x;
    emit("heard", sum);
    emit("thread", !isMainThread);
  } },
} };`;

/** As native add-ons do that were never made for threads. */
const REFUSES = `import { isMainThread } from "node:worker_threads";
if (!isMainThread)
  throw Object.assign(new Error("Module did not self-register: 'denoise.node'."), { code: "ERR_DLOPEN_FAILED" });
export const denoise = () => {};`;

describe("a pipeline in a process of its own", () => {
  const workspace = profiledWorkspace();
  const folder = temporaryFolder();

  it("computes what it does in a thread, and its lines are sampled there", async () => {
    const text = pipeline("process");
    const apart = await workspace.profile(
      { "apart.pipeline.mjs": text, "recording.wav": RECORDING },
      { workers: 2, segmentSeconds: 1, samplingBudgetMs: 300 },
    );
    assert.deepEqual(emitted(apart, "thread"), [false]);
    const hottest = apart.lines[0];
    assert.deepEqual([hottest?.line, hottest?.stage], [lineOf(text, "// hot"), "sum"]);
    assert.ok(hottest && hottest.share > 0.5, `${hottest?.share}`);
    assert.ok(apart.memory!.peakMB > 60, `${apart.memory!.peakMB} MB of the engine and two children`);
    assert.equal(
      apart.findings.some(({ kind }) => kind === "ran-in-a-process"),
      false,
    );

    const inside = await workspace.profile(
      { "apart.pipeline.mjs": pipeline("thread") },
      { workers: 2, segmentSeconds: 1 },
    );
    assert.deepEqual(emitted(inside, "thread"), [true]);
    for (const name of ["sum", "spectrum", "heard"])
      assert.deepEqual(emitted(apart, name), emitted(inside, name));
  });

  it("gets one where it asks in other words, and none where only a comment does", async () => {
    const tells = (isolation: string): string => `import { isMainThread } from "node:worker_threads";
// isolation: "process"
const wanted = { isolation: ${isolation} };
export default { ...wanted, stages: { tells: ({ emit }) => ({ process() {}, finish() { emit("thread", !isMainThread); } }) } };`;
    const asked = await workspace.profile({ "tells.pipeline.mjs": tells('"pro" + "cess"') });
    assert.deepEqual(emitted(asked, "thread"), [false]);
    const silent = await workspace.profile({ "tells.pipeline.mjs": tells("undefined") });
    assert.deepEqual(emitted(silent, "thread"), [true]);
    const wrong = await workspace.failure({ "tells.pipeline.mjs": tells('"core"') });
    assert.match(wrong.message, /Its isolation is "core"; "thread" and "process" exist/);
  });

  it("is where one ends up that can't be loaded in a thread, and the run says so", async () => {
    const run = await workspace.profile({
      "native.pipeline.mjs": `import { denoise } from "./denoise.mjs";
        export default { name: "Native", stages: { denoise: ({ emit }) => () => { denoise(); emit("done", 1); } } };`,
      "denoise.mjs": REFUSES,
    });
    assert.ok(emitted(run, "done").length > 0);
    const finding = run.findings.find(({ kind }) => kind === "ran-in-a-process");
    assert.match(
      finding?.text ?? "",
      /^Native can't be loaded in a thread \(Module did not self-register: 'denoise\.node'\)/,
    );
  });

  it("is where native code that refuses threads works, and where its crash takes nothing with it", async function () {
    const addOn = nativeAddOn(folder.path);
    if (typeof addOn === "string") {
      console.log(`      ${addOn}`);
      this.skip();
    }
    const native = (work: string): string => `import { createRequire } from "node:module";
const { doubled, crash } = createRequire(import.meta.url)("./addon.node");
export default { name: "Native", stages: { native: ({ emit }) => ({ frames }) => { ${work} } } };`;
    const run = await workspace.profile({
      "native.pipeline.mjs": native('emit("doubled", doubled(frames));'),
      "addon.node": addOn,
    });
    assert.deepEqual(emitted(run, "doubled"), [8000]);
    assert.match(
      run.findings.find(({ kind }) => kind === "ran-in-a-process")?.text ?? "",
      /\(Module did not self-register in this thread\)/,
    );
    const { message } = await workspace.failure({ "native.pipeline.mjs": native("crash();") });
    assert.match(
      message,
      /ended in stage "native" near 0:00\.0 of recording\.wav \(SIGSEGV\): native code crashed/,
    );
  });

  it("says what it can't load where a process doesn't help either", async () => {
    const { message, details } = await workspace.failure({
      "native.pipeline.mjs": `import { createRequire } from "node:module";
createRequire(import.meta.url)("./broken.node");
export default { stages: {} };`,
      "broken.node": "this is no library",
    });
    assert.equal(details.kind, "pipeline");
    assert.match(message, /^native\.pipeline\.mjs:2 can't be loaded: .*broken\.node/);
  });

  it("that crashes takes nothing with it: what was measured is kept, and the stage is named", async () => {
    const run = await workspace.profile(
      {
        "crashes.pipeline.mjs": `export default { blockFrames: 500, isolation: "process", stages: {
          crashes: () => ({ time }) => { if (time >= 3) process.abort(); },
        } };`,
        "recording.wav": RECORDING,
      },
      { segmentSeconds: 1 },
    );
    const died = run.findings.find(({ kind }) => kind === "worker-died");
    assert.equal(run.state, "cancelled");
    assert.equal(run.stages[0]?.calls, 3 * 16);
    assert.equal(died?.severity, "error");
    assert.equal(died.where?.stage, "crashes");
    assert.match(
      died.text,
      /^A worker died, so the figures are those of the recording up to 0:03\.0\. The process of the pipeline ended in stage "crashes" near 0:03\.0 of recording\.wav \(.+\): native code crashed/,
    );
  });

  it("that is ended while it is loaded says so", async () => {
    const { message } = await workspace.failure({
      "crashes.pipeline.mjs": `process.abort();\nexport default { isolation: "process", stages: { a: () => () => {} } };`,
    });
    assert.match(message, /^The process of the pipeline ended while crashes\.pipeline\.mjs was loaded \(/);
  });

  it("that throws outside of any call is refused with the line", async () => {
    const text = `export default { isolation: "process", stages: { late: () => {
  setTimeout(() => { throw new Error("too late"); }, 1); // here
  return () => new Promise((resolve) => setTimeout(resolve, 5000));
} } };`;
    const { message } = await workspace.failure({ "late.pipeline.mjs": text });
    assert.match(message, /outside of any stage's call \(late\.pipeline\.mjs:2\): too late/);
  });

  it("that hangs is named with stage and line", async () => {
    const { message, details } = await workspace.failure(
      {
        "hangs.pipeline.mjs": `export default { isolation: "process", stages: { hangs: () => () => {
  for (;;); // here
} } };`,
      },
      { stallSeconds: 0.5 },
    );
    assert.equal(details.kind, "stall");
    assert.match(message, /^Stage "hangs" has been busy for .* \(hangs\.pipeline\.mjs:2\)/);
  });

  it("that needs more memory than it may is ended, what was measured is kept and the stage is named", async () => {
    const run = await workspace.profile(
      {
        "keeps.pipeline.mjs": `export default { blockFrames: 80, isolation: "process", stages: { keeps: () => {
          const kept = [];
          return async () => {
            kept.push(new Float32Array(2 ** 20).fill(1));
            await new Promise((resolve) => setTimeout(resolve, 5));
          };
        } } };`,
        "recording.wav": RECORDING,
      },
      { memoryLimit: 400 * 2 ** 20 },
    );
    assert.equal(run.state, "cancelled");
    assert.ok((run.stages[0]?.calls ?? 0) > 10);
    const died = run.findings.find(({ kind }) => kind === "worker-died");
    assert.equal(died?.where?.stage, "keeps");
    assert.match(died.text, /The pipeline needed more than 400\s*MB of memory in stage "keeps"/);
  });

  it("is cancelled as any other, and what was measured is kept", async () => {
    const running = workspace.start(
      {
        "works.pipeline.mjs": `export default { blockFrames: 80, isolation: "process", stages: { works: ({ emit }) => ({ time }) => {
          for (const end = performance.now() + 10; performance.now() < end;);
          emit("time", time);
        } } };`,
        "recording.wav": RECORDING,
      },
      { segmentSeconds: 1 },
    );
    await running.reached(({ phase, audioSeconds }) => phase === "timed" && audioSeconds >= 0.2);
    running.cancel();
    const { run } = await running.outcome;
    workspace.assertNothingLeft();
    assert.equal(run.state, "cancelled");
    assert.ok(emitted(run, "time").length > 0);
  });
});
