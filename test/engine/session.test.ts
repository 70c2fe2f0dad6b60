import assert from "node:assert/strict";
import { existsSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lane, LaneHomeOptions, LaneSettings } from "../../src/engine/pool/lane.ts";
import { LanePool } from "../../src/engine/pool/lanePool.ts";
import { Watch } from "../../src/engine/pool/watch.ts";
import { Session, type SessionOptions } from "../../src/engine/run/session.ts";
import { newBoard } from "../../src/engine/worker/lane/board.ts";
import type { ProfileRequest } from "../../src/protocol/engine.ts";
import { MEASURE_LITTLE } from "../support/profiledWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

describe("a session", () => {
  const folder = temporaryFolder();

  /** Of a worker that isn't there: a lane that is opened all the same would say so. */
  function session(machine: ProfileRequest["machine"]): Session {
    const audio = join(folder.path, "recording.wav");
    const pipeline = join(folder.path, "any.pipeline.mjs");
    writeFileSync(audio, wavFile());
    writeFileSync(pipeline, "export default { stages: { any: () => () => {} } };");
    const request = {
      ...{ audio, pipeline, machine, workspace: null, workers: 1, stallSeconds: 30 },
      measure: MEASURE_LITTLE,
      ...{ memoryLimit: 2 ** 31, memoryMarks: { highWater: 2 ** 40, critical: 2 ** 40 } },
    } as unknown as ProfileRequest;
    const files = { worker: join(folder.path, "none.js"), library: "", work: join(folder.path, "work") };
    return new Session(request, files, { progress: () => undefined, memory: () => undefined });
  }

  const options: SessionOptions = { rendered: () => Promise.resolve(null) };
  const never = (): Promise<never> => Promise.reject(new Error("It went on."));

  it("that is cancelled before there is a lane opens none", async () => {
    const early = session(null);
    early.cancel();
    await assert.rejects(early.run(options, never), { details: { kind: "cancelled", where: null } });

    const late = session({ logicalCores: 4 } as ProfileRequest["machine"]);
    const beforeLoading = (): Promise<void> => {
      late.cancel();
      return Promise.resolve();
    };
    await assert.rejects(late.run({ ...options, beforeLoading }, never), {
      details: { kind: "cancelled", where: null },
    });
  });

  it("closes the recording, whatever comes between", async function () {
    // Elsewhere nobody can ask which files are open.
    if (process.platform !== "linux") this.skip();
    const open = (): string[] =>
      readdirSync("/proc/self/fd")
        .map((fd) => `/proc/self/fd/${fd}`)
        // The one that has just listed them is closed.
        .filter((link) => existsSync(link))
        .map((link) => readlinkSync(link))
        .filter((path) => path.startsWith(folder.path));
    const opened: string[][] = [];
    const beforeLoading = (): Promise<void> => {
      opened.push(open());
      return Promise.reject(new Error("something else"));
    };
    await assert.rejects(
      session({ logicalCores: 4 } as ProfileRequest["machine"]).run({ ...options, beforeLoading }, never),
      /something else/,
    );
    assert.deepEqual(opened, [[join(folder.path, "recording.wav")]]);
    assert.deepEqual(open(), []);
  });

  it("doesn't wait for what the machine says of itself once it is cancelled", async () => {
    const cancelled = session(null);
    let wentOn = false;
    const beforeLoading = (signal: AbortSignal): Promise<void> => {
      wentOn = !signal.aborted;
      return Promise.resolve();
    };
    const ended = cancelled.run({ ...options, beforeLoading }, never);
    setImmediate(() => {
      cancelled.cancel();
    });
    await assert.rejects(ended, { details: { kind: "cancelled", where: null } });
    assert.ok(!wentOn);
  });
});

describe("the lanes of a run", () => {
  it("answer no call once it is cancelled, and neither do those that are opened then", async () => {
    const options = {
      filename: "none.js",
      maxLanes: 2,
      heapLimitMB: 64,
    } as unknown as LaneHomeOptions;
    const pool = new LanePool(options, "thread");
    const early = pool.open({} as LaneSettings).channel.call("load", null);
    pool.cancel();
    pool.fail(new Error("cancelled"));
    await assert.rejects(early, /^Error: cancelled$/);
    await assert.rejects(pool.open({} as LaneSettings).channel.call("load", null), /^Error: cancelled$/);
    await pool.destroy();
  });
});

describe("the watch over the lanes", () => {
  function watched(isWaiting: boolean): { stalls: number; look(at: number): void } {
    const lane = { channel: { isWaiting }, board: newBoard() } as unknown as Lane;
    const told = { stalls: 0, look: (at: number) => watch.look(at) };
    const watch = new Watch({
      lanes: () => [lane],
      stallMs: 1000,
      totalSeconds: 1,
      stageNames: () => [],
      onProgress: () => undefined,
      onStall: () => (told.stalls += 1),
    });
    watch.stop();
    return told;
  }

  it("takes a lane that is asked for something and doesn't move for stuck", () => {
    const lane = watched(true);
    for (const at of [0, 900, 999]) lane.look(at);
    assert.equal(lane.stalls, 0);
    lane.look(1000);
    assert.equal(lane.stalls, 1);
  });

  it("never takes the engine's own work for it", () => {
    const lane = watched(false);
    for (const at of [0, 1000, 100_000]) lane.look(at);
    assert.equal(lane.stalls, 0);
  });
});
