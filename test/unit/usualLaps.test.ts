import assert from "node:assert/strict";
import { usualLaps } from "../../bench/accuracy/laps/usualLaps.ts";

const lap = (name: string, began: number, ended: number): { lap: string; began: number; ended: number } => ({
  lap: name,
  began,
  ended,
});

describe("the truth of the accuracy benchmark", () => {
  it("adds up the laps of a target in a block and takes the median of the blocks after the first quarter", () => {
    const block = (at: number, ms: number): ReturnType<typeof lap>[] => [
      lap("inner", at, at + ms),
      lap("inner", at + 50, at + 50 + ms),
    ];
    const laps = usualLaps([block(0, 40), block(100, 1), block(200, 2), block(300, 30)], []);
    assert.deepEqual(laps, { collections: 0, inner: 4 });
  });

  it("takes collections out of the laps that they interrupt, and counts them by themselves", () => {
    const blocks = [[lap("work", 0, 10)], [lap("work", 100, 113)], [lap("work", 200, 210)], []];
    const pauses = [
      { at: 5, ms: 2 },
      { at: 104, ms: 3 },
      { at: 150, ms: 7 },
    ];
    assert.deepEqual(usualLaps(blocks, pauses), { collections: 1, work: 10 });
  });
});
