import assert from "node:assert/strict";
import { gridOf } from "../../src/engine/plan/grid.ts";
import { groupsOf, type Group } from "../../src/engine/plan/groups.ts";
import { planWorkers, readsBesideLanes, workersByRule } from "../../src/engine/plan/workers.ts";
import { tailOf } from "../../src/engine/pool/tail.ts";

const STREAM = { scope: "stream", warmUp: null } as const;
const BLOCK = { scope: "block", warmUp: null } as const;
const FILE = { scope: "file", warmUp: null } as const;
const WARMING = { scope: "stream", warmUp: 0.5 } as const;

describe("the grid of segments", () => {
  it("covers the recording, in segments of whole blocks", () => {
    assert.deepEqual(gridOf(2500, 1000, 100, 1), [
      { index: 0, startFrame: 0, frames: 1000 },
      { index: 1, startFrame: 1000, frames: 1000 },
      { index: 2, startFrame: 2000, frames: 500 },
    ]);
    // 44100 frames are 10.77 blocks of 4096: eleven.
    assert.deepEqual(
      gridOf(100_000, 44_100, 4096, 1).map(({ frames }) => frames),
      [45_056, 45_056, 9888],
    );
  });

  it("has segments of one block where blocks are longer than a segment should be", () => {
    assert.deepEqual(
      gridOf(2500, 1000, 1000, 0.1).map(({ frames }) => frames),
      [1000, 1000, 500],
    );
  });
});

describe("the reading of a recording", () => {
  it("leaves one worker alone where no two cores are free beside it, and never keeps several waiting", () => {
    const cores = [1, 2, 3, 8];
    assert.deepEqual(
      cores.map((logical) => readsBesideLanes(1, logical)),
      [false, false, true, true],
    );
    for (const logical of cores) assert.ok(readsBesideLanes(2, logical));
  });
});

describe("the groups of stages", () => {
  const shape = (groups: readonly Group[]): string =>
    groups
      .map(
        ({ from, to, inOrder, warmUp }) =>
          `${from}–${to - 1}${inOrder ? " in order" : ""}${warmUp ? ` after ${warmUp} s` : ""}`,
      )
      .join(", ");

  it("keep neighbours of a kind together", () => {
    assert.equal(shape(groupsOf([STREAM, STREAM, BLOCK, BLOCK, STREAM])), "0–1 in order, 2–3, 4–4 in order");
  });

  it("let stages that warm up travel alone, and leave out those that come after", () => {
    assert.equal(
      shape(groupsOf([BLOCK, WARMING, WARMING, FILE, BLOCK])),
      "0–0, 1–1 after 0.5 s, 2–2 after 0.5 s, 4–4",
    );
    assert.deepEqual(groupsOf([FILE]), []);
  });
});

describe("the number of workers", () => {
  const used = (
    asked: number | null,
    cores: number,
    stages: Parameters<typeof groupsOf>[0],
    segments: number,
  ): number => planWorkers(asked, cores, groupsOf(stages), segments).used;

  it("is by rule all cores but two above four, else all but one", () => {
    assert.deepEqual([1, 2, 4, 5, 6, 8, 16].map(workersByRule), [1, 1, 3, 3, 4, 6, 14]);
  });

  it("is what was asked for, as far as the pipeline can keep them busy", () => {
    assert.equal(used(null, 8, [BLOCK], 100), 6);
    assert.equal(used(3, 8, [BLOCK], 100), 3);
    assert.equal(used(6, 8, [BLOCK], 2), 2);
    assert.equal(used(6, 8, [STREAM, STREAM], 100), 1);
    assert.equal(used(6, 8, [STREAM, BLOCK, STREAM], 1), 1);
    assert.equal(used(6, 8, [WARMING], 100), 6);
  });

  it("is shared where several recordings are profiled at once", () => {
    const shared = planWorkers(null, 10, groupsOf([BLOCK]), 100, 3);
    assert.deepEqual([shared.used, shared.byRule], [2, 2]);
    assert.match(shared.reason, /allows 2 workers to each of 3 recordings at once/);
    assert.equal(planWorkers(null, 2, groupsOf([BLOCK]), 100, 4).used, 1);
    assert.equal(planWorkers(4, 10, groupsOf([BLOCK]), 100, 3).used, 4);
  });

  it("says why", () => {
    const reason = (asked: number | null, stages: Parameters<typeof groupsOf>[0], segments: number): string =>
      planWorkers(asked, 8, groupsOf(stages), segments).reason;
    assert.match(
      reason(null, [BLOCK], 100),
      /^The rule for 8 logical cores allows 6 workers, and the pipeline keeps them busy\.$/,
    );
    assert.match(reason(4, [STREAM], 100), /^4 workers were asked for; all stages keep state/);
    assert.match(reason(4, [BLOCK], 1), /the recording is one segment/);
  });
});

describe("what a stage hears before its segment", () => {
  const audio = {
    sampleRate: 1000,
    startFrame: 5000,
    blocks: [100, 100, 100, 50],
    channels: [Float32Array.from({ length: 350 }, (_, frame) => frame)],
  };

  it("is the fewest whole blocks that last as long as it warms up", () => {
    const tail = tailOf(audio, 0.12);
    assert.deepEqual(tail.blocks, [100, 50]);
    assert.equal(tail.startFrame, 5200);
    assert.deepEqual([tail.channels[0]?.[0], tail.channels[0]?.at(-1)], [200, 349]);
  });

  it("is all of a segment that is shorter", () => {
    assert.deepEqual(tailOf(audio, 9), audio);
  });
});
