import assert from "node:assert/strict";
import { CollectionTally } from "../../src/engine/figures/pass/collectionTally.ts";
import { MemoryTally } from "../../src/engine/figures/memory/memoryTally.ts";
import { PoolTally } from "../../src/engine/figures/pass/poolTally.ts";
import type { TalliedJob } from "../../src/engine/figures/pass/talliedJob.ts";
import { unaccountedIn } from "../../src/engine/figures/pass/unaccounted.ts";
import type { JobResult, StageSpans } from "../../src/engine/worker/lane/laneProtocol.ts";
import { jobResult } from "../support/jobResult.ts";

/** Calls as pairs of begin and end. */
const spans = (stage: number, ...calls: readonly (readonly [number, number])[]): StageSpans => ({
  stage,
  starts: Float64Array.from(calls, ([start]) => start),
  ends: Float64Array.from(calls, ([, end]) => end),
  waits: null,
  createMs: 0,
  finishes: 0,
});

/** A job of a worker whose clock is 1000 ms ahead of the pass. */
const job = (result: Partial<JobResult>, more: Partial<TalliedJob> = {}): TalliedJob => ({
  result: jobResult(result),
  lane: 0,
  firstBlock: 0,
  from: 0,
  to: 2,
  segment: 0,
  samples: 0,
  ready: 0,
  sent: 0,
  received: 0,
  sincePassBegan: (time) => time - 1000,
  ...more,
});

describe("the collections of a pass", () => {
  const tally = new CollectionTally();
  tally.add(
    job(
      {
        // The filter's last call is its finish.
        spans: [spans(0, [1000, 1004], [1010, 1014]), spans(1, [1004, 1009], [1014, 1019], [1019.5, 1021])],
        blockStarts: Float64Array.of(1000, 1010),
        blockMs: Float64Array.of(9, 9),
        collections: [
          { kind: "minor", start: 1020, ms: 0.125 },
          { kind: "minor", start: 1002, ms: 1 },
          { kind: "major", start: 1016, ms: 2 },
          { kind: "minor", start: 1009.5, ms: 0.25 },
          { kind: "minor", start: 1003, ms: 0.5 },
        ],
      },
      { firstBlock: 100, lane: 1 },
    ),
    48_000,
    480,
  );
  const { pauses, totals } = tally.figures(["gain", "filter"]);

  it("are given to the stage, the block and the second that they interrupted", () => {
    assert.deepEqual(pauses, [
      { kind: "minor", atMs: 2, ms: 1, worker: 1, stage: "gain", block: 100, time: 1 },
      { kind: "minor", atMs: 3, ms: 0.5, worker: 1, stage: "gain", block: 100, time: 1 },
      { kind: "minor", atMs: 9.5, ms: 0.25, worker: 1, stage: null, block: null, time: null },
      { kind: "major", atMs: 16, ms: 2, worker: 1, stage: "filter", block: 101, time: 1.01 },
      { kind: "minor", atMs: 20, ms: 0.125, worker: 1, stage: "filter", block: null, time: null },
    ]);
  });

  it("are summed by kind and stage, the longest sum first", () => {
    assert.deepEqual(totals, [
      { kind: "major", stage: "filter", count: 1, ms: 2, longestMs: 2 },
      { kind: "minor", stage: "gain", count: 2, ms: 1.5, longestMs: 1 },
      { kind: "minor", stage: null, count: 1, ms: 0.25, longestMs: 0.25 },
      { kind: "minor", stage: "filter", count: 1, ms: 0.125, longestMs: 0.125 },
    ]);
  });

  it("keep the thousand longest, and count all", () => {
    const many = new CollectionTally();
    for (let at = 0; at < 5000; at++)
      many.add(job({ collections: [{ kind: "minor", start: 1000 + at, ms: at / 1000 }] }), 48_000, 480);
    const found = many.figures([]);
    assert.equal(found.pauses.length, 1000);
    assert.equal(found.pauses[0]?.atMs, 4000);
    assert.equal(found.totals[0]?.count, 5000);
  });
});

describe("what stages take of memory", () => {
  it("is of the calls that no collection came into, for all calls of the pass", () => {
    const tally = new MemoryTally();
    tally.add(
      jobResult({
        memory: [
          {
            stage: 0,
            starts: [0, 10, 20],
            ends: [5, 15, 25],
            heap: [1000, -90_000, 3000],
            external: [0, 0, 0],
            arrayBuffers: [4096, 0, 4096],
            peak: 3 * 2 ** 20,
          },
        ],
        collections: [{ kind: "minor", start: 12, ms: 1 }],
      }),
    );
    assert.deepEqual(tally.figures([{ name: "gain", calls: 256, workMs: 500 }], 30), [
      {
        stage: "gain",
        callsMeasured: 2,
        heapBytesPerCall: 2000,
        externalBytesPerCall: 0,
        arrayBufferBytesPerCall: 4096,
        // 256 calls of 6096 bytes in half a minute.
        mbPerAudioMinute: ((256 * 6096) / 2 ** 20) * 2,
        mbPerSecond: ((256 * 6096) / 2 ** 20) * 2,
        peakMB: 3,
      },
    ]);
  });

  it("is nothing known of a stage that was never looked at", () => {
    assert.deepEqual(new MemoryTally().figures([{ name: "gain", calls: 1, workMs: 1 }], 1), []);
  });
});

describe("what workers did", () => {
  it("is work in stages, audio on its way, and nothing to do", () => {
    const tally = new PoolTally();
    tally.add(
      job(
        {
          spans: [spans(0, [1012, 1030]), spans(1, [1030, 1050])],
          collections: [{ kind: "minor", start: 1020, ms: 3 }],
          clock: { began: 1011, ended: 1052, offset: 0, startUp: 150 },
        },
        { ready: 4, sent: 10, received: 55, segment: 7 },
      ),
    );
    const { workers, timeline, jobsLeftOut } = tally.figures(100);
    assert.deepEqual(workers, [
      {
        startUpMs: 150,
        busyMs: 38,
        collectingMs: 3,
        // A millisecond there, three back.
        transferringMs: 4,
        waitingMs: 55,
        queuedMs: 6,
        jobs: 1,
      },
    ]);
    assert.deepEqual(timeline, {
      worker: [0],
      fromStage: [0],
      toStage: [2],
      segment: [7],
      sentMs: [10],
      beganMs: [11],
      endedMs: [52],
      receivedMs: [55],
    });
    assert.equal(jobsLeftOut, 0);
  });
});

describe("time outside of all stages", () => {
  it("is what is left of a job without calls, collections and the profiler's own work", () => {
    const result = {
      spans: [spans(0, [1000, 1040], [1070, 1100])],
      collections: [{ kind: "minor" as const, start: 1050, ms: 5 }],
      lookedMs: { memory: 1, blocks: 2, collections: 0 },
      clock: { began: 1000, ended: 1100, offset: 0, startUp: 0 },
    };
    // 100 ms less 70 in calls, 5 of collecting and 3 of looking.
    const left = unaccountedIn(job(result));
    assert.ok(left > 21.5 && left <= 22, `${left} ms`);
    assert.equal(unaccountedIn(job({ ...result, spans: [spans(0, [1000, 1100])] })), 0);
  });
});
