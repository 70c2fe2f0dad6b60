import assert from "node:assert/strict";
import { exampleRun } from "../support/exampleRun.ts";
import { drawTree } from "../support/drawRun.ts";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the example run", () => {
  it("has figures that agree", () => {
    const { stages, totals, lines, callTree } = exampleRun;
    assert.equal(sum(stages.map((stage) => stage.selfMs)), 21_160);
    assert.equal(totals.stagesMs, 21_160);
    assert.equal(sum(callTree.selfMs), 21_160);
    assert.ok(Math.abs(sum(stages.map((stage) => stage.share)) - 1) < 1e-12);
    assert.equal(totals.deadline?.overruns, 168);
    assert.equal(sum(totals.deadline.histogram.counts), 13_500);
    // What no line holds: the package's function and the collector.
    assert.equal(sum(lines.map((line) => line.selfMs)), 21_160 - 1420 - 150);
  });

  it("is drawn from text", () => {
    const { callTree, stages, lines } = drawTree(`
gain my.pipeline.ts:4 stream
  process my.ts:10
    :12 30 +5
    (garbage_collector) 5
`);
    assert.deepEqual(stages, [
      { name: "gain", file: "my.pipeline.ts", line: 4, scope: "stream", selfMs: 35 },
    ]);
    assert.deepEqual(lines, [{ file: "my.ts", line: 12, stage: "gain", selfMs: 30, totalMs: 35 }]);
    assert.deepEqual(callTree.parent, [-1, 0, 1, 1]);
    assert.deepEqual(
      callTree.functions.map((each) => [each.name, each.kind]),
      [
        ["process", "source"],
        ["(garbage collector)", "collector"],
      ],
    );
  });
});
