import assert from "node:assert/strict";
import { spectralRise } from "../../src/pipelines/shared/spectralRise.ts";

describe("the rise of a spectrum", () => {
  it("adds up what grew, in any number of bins, and keeps the new magnitudes", () => {
    for (const [before, now, rise] of [
      [[], [], 0],
      [[1], [3.5], 2.5],
      [[4, 1], [1, 2], 1],
      [[0, 0, 0], [1, 2, 4], 7],
      [[1, 1, 1, 1, 1], [2, 0, 3, 0.5, 9], 11],
    ] as const) {
      const kept = Float32Array.from(before);
      assert.equal(spectralRise(kept, Float32Array.from(now)), rise);
      assert.deepEqual([...kept], [...now]);
    }
  });
});
