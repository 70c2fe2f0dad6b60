import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { ProfileFailure, startProfile, type PipelineOutput } from "../../src/client/process/engineClient.ts";
import { profileRequest } from "../../src/client/profiling/requests.ts";
import { readSettings } from "../../src/client/settings/settings.ts";
import type { ChosenRuntime } from "../../src/client/process/runtime.ts";
import type { Progress, ProfileRequest } from "../../src/protocol/engine.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { fakeEngine } from "../support/fakeEngine.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const MB = 2 ** 20;
const RUNTIME: ChosenRuntime = {
  execPath: process.execPath,
  source: "path",
  version: process.versions.node,
  env: { WAVEFLAME_TEST: "from the runtime" },
  execArgv: [],
};

describe("the engine client", () => {
  const folder = temporaryFolder();

  const request = (): ProfileRequest =>
    profileRequest({
      audio: join(folder.path, "speech.wav"),
      pipeline: join(folder.path, "voice.pipeline.ts"),
      workspace: folder.path,
      settings: readSettings(() => undefined).settings,
      runtimeSource: "path",
      waveflame: "0.1.0",
      machine: null,
    });

  interface Started {
    readonly running: ReturnType<typeof startProfile>;
    readonly progress: readonly Progress[];
    readonly output: readonly PipelineOutput[];
    /** Fulfilled when the engine tells its first progress. */
    readonly begun: Promise<void>;
  }

  function start(
    enginePath: string,
    change: { memoryLimit?: number; runtime?: ChosenRuntime; temporaryFolder?: string } = {},
  ): Started {
    const progress: Progress[] = [];
    const output: PipelineOutput[] = [];
    let tellBegun = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      tellBegun = resolve;
    });
    const running = startProfile(request(), {
      enginePath,
      runtime: RUNTIME,
      memoryLimit: 2048 * MB,
      onProgress: (now) => {
        progress.push(now);
        tellBegun();
      },
      onOutput: (text) => output.push(text),
      ...change,
    });
    return { running, progress, output, begun };
  }

  async function failureOf({ running }: Started): Promise<ProfileFailure> {
    try {
      await running.outcome;
    } catch (error) {
      assert.ok(error instanceof ProfileFailure);
      return error;
    }
    throw new assert.AssertionError({ message: "The profile was expected to fail." });
  }

  /** The engine tells its process id as seconds of audio. */
  const pidOf = ({ progress }: Started): number => progress[0]?.audioSeconds ?? 0;
  const isAlive = (pid: number): boolean => {
    assert.ok(pid > 1);
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it("gives the outcome, tells progress, passes on what is printed, and leaves nothing behind", async () => {
    const engine = fakeEngine(
      folder.path,
      `console.log(process.env.WAVEFLAME_TEST); console.error("said as an error"); progress("gain", process.pid);
       setTimeout(() => answer(id, { run: request, sources: [] }), 50);`,
    );
    const started = start(engine);
    const outcome = await started.running.outcome;
    assert.deepEqual(outcome.run, JSON.parse(JSON.stringify(request())));
    assert.equal(started.progress[0]?.stage, "gain");
    const printed = (stream: string): string =>
      started.output.map((one) => (one.stream === stream ? one.text : "")).join("");
    assert.match(printed("out"), /from the runtime\n/);
    assert.equal(printed("error"), "said as an error\n");
    assert.equal(isAlive(pidOf(started)), false);
  });

  it("gives the engine a folder of its own for what is temporary, in the one it is told, and removes it", async () => {
    const told = join(folder.path, "temporary");
    mkdirSync(told);
    const engine = fakeEngine(
      folder.path,
      `require("node:fs").mkdirSync(process.argv[2], { recursive: true }); progress(process.argv[2], process.pid); answer(id, {});`,
    );
    const started = start(engine, { temporaryFolder: told });
    await started.running.outcome;
    assert.equal(dirname(started.progress[0]?.stage ?? ""), told);
    assert.deepEqual(readdirSync(told), []);
  });

  it("gives the outcome where the folder can't be removed", async () => {
    const noFolder = join(folder.path, "no folder");
    writeFileSync(noFolder, "");
    const engine = fakeEngine(folder.path, `answer(id, { run: { text: "whole" }, sources: [] });`);
    const { run } = await start(engine, { temporaryFolder: noFolder }).running.outcome;
    assert.deepEqual(run, { text: "whole" });
  });

  it("takes an outcome of many megabytes whole", async () => {
    const engine = fakeEngine(folder.path, `answer(id, { run: { text: "ä".repeat(4e6) }, sources: [] });`);
    const { run } = await start(engine).running.outcome;
    assert.equal(JSON.stringify(run).length, JSON.stringify({ text: "" }).length + 4e6);
  });

  it("gives the engine's own sentence and details", async () => {
    const details = { kind: "stage", where: { stage: "gain", file: "gain.ts", line: 7, time: 3.5 } };
    const engine = fakeEngine(folder.path, `refuse(id, "gain.ts:7 threw: no.", ${JSON.stringify(details)});`);
    const failure = await failureOf(start(engine));
    assert.equal(failure.message, "gain.ts:7 threw: no.");
    assert.deepEqual(failure.details, details);
  });

  it("says where it was when the process ended itself", async () => {
    const engine = fakeEngine(folder.path, `progress("gain", 7); setTimeout(() => process.exit(3), 50);`);
    const failure = await failureOf(start(engine));
    assert.equal(
      failure.message,
      'The process of the pipeline ended with exit code 3 in stage "gain" near 0:07.0 of the recording: take out what ends the process.',
    );
    assert.deepEqual(failure.details, { kind: "exit", where: { time: 7, stage: "gain" } });
  });

  it("says by which signal the process was ended", async function () {
    if (process.platform === "win32") {
      console.log("      not on Windows: there are no signals");
      this.skip();
    }
    const engine = fakeEngine(
      folder.path,
      `progress(null, 65.4); setTimeout(() => process.kill(process.pid, "SIGSEGV"), 50);`,
    );
    const failure = await failureOf(start(engine));
    assert.match(failure.message, /was ended by SIGSEGV near 1:05\.4 of the recording: native code crashed/);
    assert.deepEqual(failure.details, { kind: "exit", where: { time: 65.4 } });
  });

  it("says that the heap was full", async () => {
    const engine = fakeEngine(
      folder.path,
      `progress("gain", 1); console.error("my own words"); const kept = []; for (;;) kept.push(new Array(1e5).fill({}).map((_, i) => ({ i })));`,
    );
    const started = start(engine, { runtime: { ...RUNTIME, execArgv: ["--max-old-space-size=40"] } });
    const failure = await failureOf(started);
    assert.deepEqual(started.output, [{ stream: "error", text: "my own words\n" }]);
    assert.match(failure.message, /^The pipeline filled the JavaScript heap in stage "gain" near 0:01\.0 /);
    assert.equal(failure.details.kind, "memory");
  });

  it("ends a process that holds more memory than it may", async () => {
    const engine = fakeEngine(
      folder.path,
      `progress("gain", process.pid); const kept = [];
       setInterval(() => kept.push(new Uint8Array(${16 * MB}).fill(1)), 10);`,
    );
    const started = start(engine, { memoryLimit: 256 * MB });
    const failure = await failureOf(started);
    assert.match(failure.message, /^The pipeline needed more than 256\u202fMB of memory in stage "gain" /);
    assert.equal(failure.details.kind, "memory");
    assert.equal(isAlive(pidOf(started)), false);
  });

  it("believes a process that tells how much it holds, before anyone has looked", async () => {
    const engine = fakeEngine(
      folder.path,
      `progress("gain", process.pid); send({ kind: "tell", method: "memory", params: ${255 * MB} });
       send({ kind: "tell", method: "memory", params: ${257 * MB} });`,
    );
    const failure = await failureOf(start(engine, { memoryLimit: 256 * MB }));
    assert.match(failure.message, /^The pipeline needed more than 256\u202fMB of memory in stage "gain" /);
    const modest = fakeEngine(
      folder.path,
      `send({ kind: "tell", method: "memory", params: ${255 * MB} }); answer(id, { run: request, sources: [] });`,
    );
    await start(modest, { memoryLimit: 256 * MB }).running.outcome;
  });

  it("gives what was measured until a cancel", async () => {
    const run = { ...exampleRun, state: "cancelled" };
    const engine = fakeEngine(
      folder.path,
      `progress("gain", process.pid);`,
      `answer(id, ${JSON.stringify({ run, sources: [] })});`,
    );
    const started = start(engine);
    await started.begun;
    started.running.cancel();
    started.running.cancel();
    assert.equal((await started.running.outcome).run.state, "cancelled");
    assert.equal(isAlive(pidOf(started)), false);
  });

  it("waits for an engine that puts together what was measured, and tells no more progress", async () => {
    const engine = fakeEngine(
      folder.path,
      `progress("gain", process.pid);`,
      `progress(null, 2, "finishing"); setTimeout(() => answer(id, { run: { state: "cancelled" }, sources: [] }), 700);`,
    );
    const started = start(engine);
    await started.begun;
    started.running.cancel();
    assert.equal((await started.running.outcome).run.state, "cancelled");
    assert.deepEqual(
      started.progress.map(({ phase }) => phase),
      ["timed"],
    );
  });

  it("waits for one that had begun with that before the cancel, too", async () => {
    const engine = fakeEngine(
      folder.path,
      `progress(null, process.pid, "finishing");`,
      `setTimeout(() => answer(id, { run: { state: "complete" }, sources: [] }), 700);`,
    );
    const started = start(engine);
    await started.begun;
    started.running.cancel();
    assert.equal((await started.running.outcome).run.state, "complete");
  });

  it("kills what says that it is finishing and never does", async () => {
    const engine = fakeEngine(
      folder.path,
      `progress("gain", process.pid);`,
      `setInterval(() => progress(null, 2, "finishing"), 50);`,
    );
    const started = start(engine);
    await started.begun;
    started.running.cancel();
    assert.equal((await failureOf(started)).details.kind, "cancelled");
    assert.equal(isAlive(pidOf(started)), false);
  });

  it("kills what doesn't answer to a cancel", async () => {
    const started = start(fakeEngine(folder.path, `progress("gain", process.pid); setTimeout(busy, 20);`));
    await started.begun;
    started.running.cancel();
    const failure = await failureOf(started);
    assert.equal(failure.message, "The run was cancelled before anything was measured.");
    assert.equal(failure.details.kind, "cancelled");
    assert.equal(isAlive(pidOf(started)), false);
  });

  it("can be cancelled before the engine has begun", async () => {
    const started = start(fakeEngine(folder.path, "busy();"));
    started.running.cancel();
    assert.equal((await failureOf(started)).details.kind, "cancelled");
  });

  it("ends what the pipeline has started, too", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const grandchild = `require("net").connect(${port}, "127.0.0.1"); setInterval(() => {}, 1000);`;
    const { running } = start(
      fakeEngine(
        folder.path,
        `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}]);`,
        `answer(id, { run: {}, sources: [] });`,
      ),
    );
    const [socket] = (await once(server, "connection")) as [Socket];
    const closed = new Promise((resolve) => socket.once("close", resolve).once("error", resolve));
    running.cancel();
    await running.outcome;
    await closed;
    server.close();
  });

  it("says when the engine or its runtime can't be started", async () => {
    const gone = join(folder.path, "gone.cjs");
    const started = start(gone);
    const noEngine = await failureOf(started);
    assert.deepEqual(started.output, []);
    assert.match(noEngine.message, /^The engine couldn't start: Error: Cannot find module/);
    assert.equal(noEngine.details.kind, "engine");
    const execPath = join(folder.path, "no-node");
    const noRuntime = await failureOf(start(gone, { runtime: { ...RUNTIME, execPath } }));
    assert.match(noRuntime.message, /^Node couldn't be started from .*no-node: /);
  });
});
