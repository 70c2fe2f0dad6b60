import assert from "node:assert/strict";
import { PassRecord } from "../../src/engine/figures/pass/passRecord.ts";
import type { MachineLook } from "../../src/engine/monitor/machineLook.ts";
import { leastDisturbed, mayRunAgain, type Repeatable } from "../../src/engine/run/passes/repeats.ts";
import type { LaneIo } from "../../src/engine/worker/io/laneIo.ts";
import type { StageSpans } from "../../src/engine/worker/lane/laneProtocol.ts";
import { jobResult } from "../support/jobResult.ts";

/** A pass of one stage that emits its number. */
function passNumber(number: number, waits: Float64Array<ArrayBuffer> | null = null): PassRecord {
  const record = new PassRecord({ stages: ["gain"], blockFrames: 512 });
  const spans: StageSpans = {
    stage: 0,
    starts: Float64Array.of(0),
    ends: Float64Array.of(100 + number),
    waits,
    createMs: 0,
    finishes: 0,
  };
  record.add(
    0,
    jobResult({
      spans: [spans],
      emissions: [{ stage: 0, name: "pass", time: 0, value: number }],
      notNumbers: number,
    }),
  );
  return record;
}

/** A machine from which others steal so many ms in each second-long pass. */
function machine(stolen: readonly number[]): () => MachineLook {
  let looks = 0;
  return () => {
    const pass = Math.ceil(looks / 2);
    looks += 1;
    const stolenMs = stolen.slice(0, pass).reduce((sum, one) => sum + one, 0);
    return {
      atMs: pass * 1000,
      busyMs: pass * 1000,
      idleMs: pass * 1000,
      diskWaitMs: 0,
      stolenMs,
      quotaMs: null,
      heatMs: null,
      swapped: 0,
      ownMs: pass * 1000,
    };
  };
}

async function measured(
  stolen: readonly number[],
  change: Partial<Repeatable> = {},
): Promise<{ pass: number; repeats: number; isDisturbed: boolean; emitted: unknown; asked: number }> {
  let asked = 0;
  const first = passNumber(0);
  const { kept, repeats } = await leastDisturbed(first, () => Promise.resolve(), {
    lanes: [],
    look: machine(stolen),
    isCancelled: () => false,
    mayRepeat: () => true,
    most: 3,
    again() {
      asked += 1;
      return Promise.resolve(passNumber(asked));
    },
    ...change,
  });
  return {
    pass: kept.record.workMs - 100,
    repeats,
    isDisturbed: kept.disturbance.isDisturbed,
    emitted: kept.record.emissions[0]?.value,
    asked,
  };
}

describe("a pass that was disturbed", () => {
  it("is measured again until one wasn't, and what it put out stays that of the first", async () => {
    assert.deepEqual(await measured([100, 50, 0, 0]), {
      pass: 2,
      repeats: 2,
      isDisturbed: false,
      emitted: 0,
      asked: 2,
    });
  });

  it("isn't where nothing disturbed it", async () => {
    assert.deepEqual(await measured([5]), { pass: 0, repeats: 0, isDisturbed: false, emitted: 0, asked: 0 });
  });

  it("is measured as often as the settings allow, and the one that was disturbed least is kept", async () => {
    const { pass, repeats, isDisturbed, emitted } = await measured([400, 300, 100, 200]);
    assert.deepEqual([pass, repeats, isDisturbed, emitted], [2, 3, true, 0]);
    assert.equal((await measured([400, 0], { most: 0 })).repeats, 0);
  });

  it("isn't where it may not run again", async () => {
    assert.equal((await measured([400, 0], { mayRepeat: () => Promise.resolve(false) })).asked, 0);
    assert.equal(mayRunAgain(passNumber(0), []), true);
    assert.equal(mayRunAgain(passNumber(0, Float64Array.of(5)), []), false, "a promise was returned");
    const file = { path: "/out", opened: 1, calls: 1, bytesRead: 0, bytesWritten: 0, ms: 1 };
    const io = (stage: number, mode: string): LaneIo[] => [
      { files: [{ ...file, stage, mode }], filesLeftOut: 0, network: [] },
    ];
    assert.deepEqual(
      ["r", "", "w", "a", "wx", "r+"].map((mode) => mayRunAgain(passNumber(0), io(0, mode))),
      [true, true, false, false, false, false],
    );
    assert.equal(
      mayRunAgain(passNumber(0), io(-1, "w")),
      true,
      "it was written while the pipeline was loaded",
    );
  });

  it("that is cancelled while it is measured again stays as it was", async () => {
    let isCancelled = false;
    const cut = await measured([400, 0], {
      isCancelled: () => isCancelled,
      again() {
        isCancelled = true;
        return Promise.resolve(passNumber(1));
      },
    });
    assert.deepEqual([cut.pass, cut.repeats], [0, 0]);
    isCancelled = false;
    const thrown = await measured([400, 0], {
      isCancelled: () => isCancelled,
      again() {
        isCancelled = true;
        return Promise.reject(new Error("The lane is gone."));
      },
    });
    assert.deepEqual([thrown.pass, thrown.repeats], [0, 0]);
    await assert.rejects(measured([400, 0], { again: () => Promise.reject(new Error("Broken.")) }), /Broken/);
  });
});
