import assert from "node:assert/strict";
import { findTargets } from "../../src/core/bottlenecks/targets.ts";
import { findBottlenecks, summarize } from "../../src/core/bottlenecks/bottlenecks.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";

describe("the bottleneck ranking", () => {
  it("ranks functions by what they spent themselves, over all callers and stages", () => {
    const [first, second] = findBottlenecks(exampleRun).bySelf;
    assert.deepEqual(
      [first?.name, first?.file, first?.line, first?.selfMs, first?.stages],
      ["biquad", "src/biquad.ts", 24, 5350, ["equaliser", "loudness"]],
    );
    assert.deepEqual([second?.name, second?.file, second?.selfMs], ["process", "src/compressor.ts", 3680]);
  });

  it("ranks by total time too, with all that a function called", () => {
    const rows = findBottlenecks(exampleRun).byTotal.slice(0, 3);
    assert.deepEqual(
      rows.map(({ name, file, totalMs }) => `${name} ${file} ${totalMs}`),
      ["process src/equaliser.ts 7860", "cascade src/biquad.ts 6420", "biquad src/biquad.ts 5350"],
    );
  });

  it("counts recursion once", () => {
    const run = drawRun({
      slow: {},
      tree: `
stage p.ts:1 stream
  walk tree.ts:3
    :4 10
    visit tree.ts:9
      :10 5
      walk tree.ts:3
        :4 30
`,
    });
    const found = findBottlenecks(run);
    assert.deepEqual(
      found.byTotal.map(({ name, selfMs, totalMs, totalShare }) => ({ name, selfMs, totalMs, totalShare })),
      [
        { name: "walk", selfMs: 40, totalMs: 45, totalShare: 1 },
        { name: "visit", selfMs: 5, totalMs: 35, totalShare: 35 / 45 },
      ],
    );
  });

  it("keeps twenty of each", () => {
    const functions = Array.from({ length: 30 }, (_, index) => `  f${index} f.ts:${index + 1} ${index + 1}`);
    const found = findBottlenecks(
      drawRun({ slow: {}, tree: ["stage p.ts:1 block", ...functions].join("\n") }),
    );
    assert.equal(found.bySelf.length, 20);
    assert.equal(found.byTotal.length, 20);
    assert.equal(found.bySelf[0]?.name, "f29");
  });

  it("has stages as targets that were called more than 1000 times, five at most, by time", () => {
    const run = {
      ...exampleRun,
      stages: exampleRun.stages.map((stage) =>
        stage.name === "limiter" ? { ...stage, calls: 1000 } : stage,
      ),
    };
    assert.deepEqual(
      findTargets(run).map(({ stage }) => stage),
      ["equaliser", "compressor", "spectrum", "envelope", "loudness"],
    );
  });

  it("says in a sentence which functions take half of the time", () => {
    const { bySelf } = findBottlenecks(exampleRun);
    // 5350 + 3680 + 1870 of 21160 ms.
    assert.equal(
      summarize(bySelf),
      "biquad (biquad.ts:24), process (compressor.ts:30) and fir (oversample.ts:31) take 51.5\u202f% of the stage time.",
    );
    const [first] = bySelf;
    assert.equal(
      summarize([{ ...first!, selfShare: 0.9 }]),
      "biquad (biquad.ts:24) alone takes 90.0\u202f% of the stage time.",
    );
  });

  it("is empty for a run without samples", () => {
    const found = findBottlenecks(drawRun({ slow: {}, tree: "stage p.ts:1 stream" }));
    assert.deepEqual(found, { bySelf: [], byTotal: [], byCalls: [] });
  });
});
