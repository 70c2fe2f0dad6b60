import assert from "node:assert/strict";
import { deadlineAt, smallestSafeBlock } from "../../src/core/deadlines/deadlineAt.ts";
import type { BlockSizeFigures } from "../../src/core/run/measured/blockSizes.ts";
import { BlockLog } from "../../src/engine/figures/blockLog.ts";
import { blockSizesOf } from "../../src/engine/figures/blockSizes.ts";
import { jobResult } from "../support/jobResult.ts";

/** One worker's blocks, in ms, one after the other. */
function logOf(blockFrames: number, blockMs: readonly number[]): BlockLog {
  const log = new BlockLog(blockFrames);
  log.add({
    result: jobResult({
      blockMs: Float64Array.from(blockMs),
      blockStarts: Float64Array.from(blockMs.keys()),
    }),
    lane: 0,
    firstBlock: 0,
    from: 0,
    to: 1,
    segment: 0,
    samples: 0,
    ready: 0,
    sent: 0,
    received: 0,
    sincePassBegan: (time) => time,
  });
  return log;
}

/** 99 blocks of 512 frames in 1 ms each, and one in 5 ms. */
const SIZES = blockSizesOf({ blockFrames: 512, log: logOf(512, [...Array<number>(99).fill(1), 5]) }, []);
const RATE = 48_000;

const size = (sizes: readonly BlockSizeFigures[], frames: number): BlockSizeFigures => {
  const found = sizes.find(({ blockFrames }) => blockFrames === frames);
  assert.ok(found, `There are no blocks of ${frames}.`);
  return found;
};

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual / expected - 1) < 0.001, `${actual} where ${expected} is true`);

describe("blocks of other sizes", () => {
  it("are those that ran, taken together where they are larger", () => {
    const four = size(SIZES, 2048);
    assert.deepEqual([four.origin, four.blocks], ["joined", 25]);
    // The last four: three of 1 ms and the one of 5.
    near(four.max, 8);
    near(four.p50, 4);
    near(four.totalMs, 104);
  });

  it("are those that ran, taken apart where they are smaller, with what is above the usual in one part", () => {
    const eighth = size(SIZES, 64);
    assert.deepEqual([eighth.origin, eighth.blocks], ["split", 800]);
    near(eighth.p50, 1 / 8);
    near(eighth.max, 1 / 8 + 4);
    near(eighth.totalMs, 104);
  });

  it("are measured where that size ran, and the pipeline's own is", () => {
    assert.equal(size(SIZES, 512).origin, "measured");
    const sizes = blockSizesOf({ blockFrames: 512, log: logOf(512, [1, 1]) }, [
      { blockFrames: 64, log: logOf(64, [0.3, 0.4]) },
    ]);
    assert.equal(size(sizes, 64).origin, "measured");
    near(size(sizes, 64).max, 0.4);
  });

  it("leave a rest out that doesn't make a whole block", () => {
    const sizes = blockSizesOf({ blockFrames: 1024, log: logOf(1024, [1, 2, 4, 8, 16]) }, []);
    assert.deepEqual([size(sizes, 2048).blocks, size(sizes, 4096).blocks], [2, 1]);
    near(size(sizes, 2048).max, 12);
    near(size(sizes, 4096).max, 15);
  });
});

describe("a deadline", () => {
  it("is a block's length at the rate, beside what the blocks took", () => {
    const deadline = deadlineAt(SIZES, RATE, 512, RATE);
    assert.ok(deadline);
    near(deadline.budgetMs, 32 / 3);
    near(deadline.averageLoad, 1.04 / (32 / 3));
    near(deadline.peakLoad, 5 / (32 / 3));
    near(deadline.headroom, 32 / 15);
    assert.deepEqual([deadline.overruns, deadline.isMeasured, deadline.blocks], [0, true, 100]);
  });

  it("is estimated at another rate: the same work, less time", () => {
    const deadline = deadlineAt(SIZES, RATE, 512, 192_000);
    assert.ok(deadline);
    near(deadline.budgetMs, 8 / 3);
    near(deadline.headroom, 8 / 15);
    assert.deepEqual([deadline.overruns, deadline.isMeasured], [1, false]);
  });

  it("of a size between takes in proportion to the nearest one", () => {
    const deadline = deadlineAt(SIZES, RATE, 480, RATE);
    assert.ok(deadline);
    near(deadline.p50, 480 / 512);
    near(deadline.budgetMs, 10);
    assert.equal(deadline.isMeasured, false);
  });

  it("is unknown where nothing was measured", () => {
    assert.equal(deadlineAt([], RATE, 512, RATE), null);
    assert.equal(smallestSafeBlock([], RATE, RATE), null);
  });

  it("is held from some size on: the smallest above all that are late", () => {
    // 4.125 ms in a block of 64, which lasts 1.33, is late, and so is 4.25 in one of 128; one of 256 lasts 5.33 and may take 4.5.
    assert.equal(smallestSafeBlock(SIZES, RATE, RATE)?.blockFrames, 256);
    // At 192 kHz a block of 1024 lasts 5.33 ms and may take 6, one of 2048 10.7 and may take 8.
    assert.equal(smallestSafeBlock(SIZES, RATE, 192_000)?.blockFrames, 2048);
  });
});
