import assert from "node:assert/strict";
import {
  comparingProgress,
  profilingProgress,
  type OnProgress,
} from "../../src/client/profiling/variantProgress.ts";
import type { Phase, Progress } from "../../src/protocol/engine.ts";

const at = (phase: Phase, audioSeconds: number, step?: Progress["step"]): Progress => ({
  ...{ phase, stage: null, segment: 1, segments: 1, audioSeconds, totalSeconds: 10, leftSeconds: null },
  ...(step ? { step } : {}),
});

describe("the bar of all variants", () => {
  const partsOf = (make: (tell: OnProgress) => OnProgress, told: readonly Progress[]): number[] => {
    const parts: number[] = [];
    const tell = make(({ part }) => parts.push(part ?? NaN));
    for (const progress of told) tell(progress);
    return parts;
  };

  it("never goes back while a recording is sampled again and again", () => {
    const parts = partsOf(
      (tell) => profilingProgress("quick", 1, 3, tell),
      [at("timed", 10), at("sampled", 8), at("sampled", 1), at("sampled", 9)],
    );
    assert.equal(parts[2], parts[1]);
    assert.ok(parts[0]! < parts[1]! && parts[2]! < parts[3]! && parts[3]! < 0.4, parts.join());
  });

  it("never goes back from one rendering to the next", () => {
    const step = (number: number): Progress["step"] => ({ variant: null, blockFrames: 64, number, of: 2 });
    const parts = partsOf(comparingProgress, [
      at("loading", 0),
      at("listening", 10, step(1)),
      at("listening", 0, step(1)),
      at("listening", 10, step(2)),
    ]);
    assert.deepEqual(parts, [0.6, 0.8, 0.8, 1]);
  });
});
