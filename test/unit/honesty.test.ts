import assert from "node:assert/strict";
import type { PoolWorker } from "../../src/core/run/measured/pool.ts";
import { honestyFindings } from "../../src/engine/run/findings/honesty.ts";
import type { FindingParts } from "../../src/engine/run/findings/findings.ts";
import { exampleRun } from "../support/exampleRun.ts";

const worker: PoolWorker = {
  ...{
    startUpMs: 40,
    busyMs: 900,
    collectingMs: 0,
    transferringMs: 150,
    waitingMs: 50,
    queuedMs: 0,
    jobs: 5,
  },
};

/** Of a run with nothing to tell: two workers took half as long as one. */
function kindsIn(change: {
  readonly timedMs?: number;
  readonly aloneMs?: number;
  readonly clockDriftMs?: number;
  readonly used?: number;
  readonly unaccountedMs?: number;
  readonly runQueueShare?: number | "unknown";
}): string[] {
  const { timedMs = 1000, aloneMs = 2000, clockDriftMs = 0, used = 2 } = change;
  const { unaccountedMs = 0, runQueueShare = "unknown" } = change;
  const parts = {
    measured: {
      timed: {
        frames: 48_000,
        wallMs: timedMs,
        emissions: [],
        pool: { figures: () => ({ workers: [worker, worker] }) },
      },
      // Of half of the recording.
      alone: { frames: 24_000, wallMs: aloneMs / 2, unaccountedMs, jobsMs: aloneMs / 2, workMs: 400 },
      disturbances: [{ runQueueShare }],
      workers: { used },
      allocated: null,
      changedGlobals: [],
    },
    stages: exampleRun.stages.map((stage) => ({ ...stage, warmUpSeconds: null })),
    totals: exampleRun.totals,
    stageMemory: null,
    slowBlocks: null,
    source: { sampleRate: 48_000 },
    clockDriftMs,
  };
  return honestyFindings(parts as unknown as FindingParts).map(({ kind, text }) => `${kind}: ${text}`);
}

describe("what a figure could be mistaken for", () => {
  it("is that several workers save nothing, of as much of the recording", () => {
    const [slow, ...more] = kindsIn({ timedMs: 1960 });
    assert.deepEqual(more, []);
    assert.match(slow ?? "", /^pool-not-worth-it: 2 workers took 1\.96\s?s, one alone takes about 2\.00\s?s/);
    assert.match(slow ?? "", /handing over the audio took 300\s?ms/);
    assert.deepEqual(kindsIn({ timedMs: 1800 }), []);
    assert.deepEqual(kindsIn({ timedMs: 1960, used: 1 }), []);
  });

  it("is that time passed outside of stages, and not that the worker waited for a core there", () => {
    const [outside] = kindsIn({ unaccountedMs: 300 });
    assert.match(
      outside ?? "",
      /^adds-up-wrongly: .* add up to 700\s?ms, but one worker was busy for 1\.00\s?s/,
    );
    assert.equal(kindsIn({ unaccountedMs: 300, runQueueShare: 0.2 }).length, 1);
    // 280 of the 300 ms.
    assert.deepEqual(kindsIn({ unaccountedMs: 300, runQueueShare: 0.7 }), []);
    assert.deepEqual(kindsIn({ unaccountedMs: 90 }), []);
  });

  it("is that the machine's clock was set, in either direction, and not that it runs a little off", () => {
    assert.match(kindsIn({ clockDriftMs: 3_600_000 })[0] ?? "", /^clock-jumped: .* clock went .* forward/);
    assert.match(kindsIn({ clockDriftMs: -2000 })[0] ?? "", /^clock-jumped: .* clock went 2\.00\s?s back/);
    assert.deepEqual(kindsIn({ clockDriftMs: 900 }), []);
  });
});
