import assert from "node:assert/strict";
import { definePipeline } from "waveflame";

describe("The library as a pipeline imports it", () => {
  it("gives a pipeline back as it was written", () => {
    const pipeline = { name: "Nothing", stages: {} };
    assert.equal(definePipeline(pipeline), pipeline);
  });
});
