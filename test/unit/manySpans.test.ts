import assert from "node:assert/strict";
import { collectGarbage } from "../../src/engine/memory/collect.ts";
import { PassRecord } from "../../src/engine/figures/pass/passRecord.ts";
import { StageTally } from "../../src/engine/figures/pass/stageTally.ts";
import type { TalliedJob } from "../../src/engine/figures/pass/talliedJob.ts";
import { JobParts } from "../../src/engine/pool/jobParts.ts";
import type { StageSpans } from "../../src/engine/worker/lane/laneProtocol.ts";
import { jobResult } from "../support/jobResult.ts";

const MB = 2 ** 20;
/** Calls of a stage in a job: what fits into a piece of 64-frame blocks. */
const CALLS = 16_384;
const SAMPLE_RATE = 48_000;
const BLOCK_FRAMES = 64;

/** Calls of a microsecond, one in a hundred of them ten times as long. */
function callsOf(stage: number, from: number, waits: Float64Array<ArrayBuffer> | null = null): StageSpans {
  const starts = Float64Array.from({ length: CALLS }, (_, call) => from + call * 0.02);
  const ends = starts.map((start, call) => start + (call % 100 === 99 ? 0.01 : 0.001));
  return { stage, starts, ends, waits, createMs: 0, finishes: 0 };
}

function heldMB(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MB;
}

describe("ten million calls of stages", () => {
  it("are counted and their percentiles known, in no more memory than some thousands take", () => {
    const record = new PassRecord({ stages: ["first", "second"], blockFrames: BLOCK_FRAMES });
    let jobs = 0;
    const add = (): void => {
      const from = jobs * CALLS * 0.04;
      const spans = [callsOf(0, from), callsOf(1, from + 0.01)];
      const blockMs = spans[0]!.ends.map((end, call) => 2 * (end - spans[0]!.starts[call]!));
      const blockStarts = spans[0]!.starts;
      const result = jobResult({ spans, blockMs, blockStarts });
      const job: TalliedJob = {
        result,
        lane: 0,
        firstBlock: jobs * CALLS,
        from: 0,
        to: 2,
        segment: jobs,
        samples: 0,
        ready: 0,
        sent: 0,
        received: 0,
        sincePassBegan: (time) => time,
      };
      record.add(jobs, result);
      record.tally(job, SAMPLE_RATE);
      record.addBlocks(
        job,
        Array.from(blockMs, () => BLOCK_FRAMES / 48),
      );
      jobs += 1;
    };
    // Until it holds as many of everything as it ever keeps.
    while (record.blocks.all.count < 5_000_000) add();
    const before = heldMB();
    while (record.spans < 20_000_000) add();
    const grown = heldMB() - before;
    assert.ok(grown < 4, `${grown} MB more after ten million more calls`);
    const [stage] = record.stages;
    assert.equal(stage?.calls, jobs * CALLS);
    // Known to 0.04 %.
    assert.ok(Math.abs(stage.blocks.percentile(0.5) / 0.001 - 1) < 0.001);
    assert.ok(Math.abs(stage.blocks.percentile(0.995) / 0.01 - 1) < 0.001);
    const expected = 0.001 * 0.99 + 0.01 * 0.01;
    assert.ok(Math.abs(stage.workMs / stage.calls / expected - 1) < 0.01);
  });

  it("that were awaited are kept no longer than until their waits are known", () => {
    const tally = new StageTally();
    const add = (job: number): void => {
      const spans = callsOf(0, job * CALLS, new Float64Array(CALLS));
      // All but the last few are sampled by then: each waited for half its time.
      const starts = spans.starts.slice(0, -10);
      const waits = starts.map((start, call) => (spans.ends[call]! - start) / 2);
      tally.add(spans, [{ stage: 0, starts, waits }]);
    };
    add(0);
    const before = heldMB();
    for (let job = 1; job < 120; job++) add(job);
    assert.ok(heldMB() - before < 4, `${heldMB() - before} MB more`);
    assert.equal(tally.calls, 120 * CALLS);
    assert.ok(Math.abs(tally.workMs / tally.wallMs - 0.5) < 0.001);
    assert.ok(Math.abs(tally.blocks.percentile(0.5) / 0.0005 - 1) < 0.001);
  });

  it("that were awaited without a sampler are kept as they are, and no more than some of them", () => {
    const tally = new StageTally();
    for (let job = 0; job < 20; job++) tally.add(callsOf(0, job * CALLS, new Float64Array(CALLS)));
    const before = heldMB();
    for (let job = 20; job < 120; job++) tally.add(callsOf(0, job * CALLS, new Float64Array(CALLS)));
    assert.ok(heldMB() - before < 4, `${heldMB() - before} MB more`);
    assert.ok(Math.abs(tally.workMs / tally.wallMs - 1) < 0.001);
    assert.equal(tally.blocks.count, 120 * CALLS);
  });
});

describe("a job that was told in parts", () => {
  const parts = (): JobParts => {
    const told = new JobParts();
    const part = (from: number, to: number): void => {
      const starts = Float64Array.from({ length: to - from }, (_, index) => from + index);
      told.add(
        jobResult({
          spans: [
            {
              ...callsOf(0, 0),
              starts,
              ends: starts.map((start) => start + 0.5),
              createMs: from === 0 ? 3 : 0,
            },
          ],
          blockMs: new Float64Array(to - from).fill(0.5),
          blockStarts: starts,
          notNumbers: 1,
          emissions: [{ stage: 0, name: "at", time: from, value: from }],
          looks: [{ block: from, waitedMs: 1, deoptimisations: [], compilations: [] }],
          lookedMs: { memory: 0.25, blocks: 0.5, collections: 0.125 },
          clock: { began: from, ended: to, offset: 7, startUp: 1 },
        }),
      );
    };
    part(0, 3);
    part(3, 8);
    return told;
  };

  it("is whole again with what came after them", () => {
    const end = jobResult({
      spans: [
        { ...callsOf(0, 0), starts: Float64Array.of(8, 9), ends: Float64Array.of(8.5, 9.5), finishes: 1 },
      ],
      blockMs: Float64Array.of(0.5),
      blockStarts: Float64Array.of(8),
      collections: [{ kind: "minor", start: 4, ms: 1 }],
      clock: { began: 8, ended: 10, offset: 7, startUp: 1 },
    });
    const whole = parts().whole(end);
    assert.deepEqual([...(whole.spans[0]?.starts ?? [])], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual([whole.spans[0]?.createMs, whole.spans[0]?.finishes], [3, 1]);
    assert.equal(whole.blockMs.length, 9);
    assert.deepEqual(
      whole.emissions.map(({ value }) => value),
      [0, 3],
    );
    assert.deepEqual(whole.lookedMs, { memory: 0.5, blocks: 1, collections: 0.25 });
    assert.equal(whole.notNumbers, 2);
    assert.deepEqual(whole.collections, end.collections);
    assert.deepEqual(whole.clock, { began: 0, ended: 10, offset: 7, startUp: 1 });
  });

  it("is what they hold where its lane died, and the next job has none of it", () => {
    const told = parts();
    assert.equal(told.cutOff()?.blockMs.length, 8);
    assert.equal(told.cutOff(), null);
    const next = jobResult({ blockMs: Float64Array.of(1) });
    assert.equal(told.whole(next), next);
  });

  it("waited where one of its parts did", () => {
    const told = new JobParts();
    told.add(jobResult({ spans: [callsOf(0, 0)] }));
    const waits = new Float64Array(CALLS).fill(0.1);
    const whole = told.whole(jobResult({ spans: [callsOf(0, 1000, waits)] }));
    assert.equal(whole.spans[0]?.waits?.at(0), 0);
    assert.equal(whole.spans[0].waits.at(CALLS), 0.1);
  });
});
