import assert from "node:assert/strict";
import { findTargets } from "../../src/core/bottlenecks/targets.ts";
import { findBottlenecks, summarize } from "../../src/core/bottlenecks/bottlenecks.ts";
import { formatCalls } from "../../src/core/bottlenecks/callCounts.ts";
import { rankStages } from "../../src/core/bottlenecks/priorities.ts";
import type { Run } from "../../src/core/run/run.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
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

  it("ranks by calls where they were counted, for all of the recording and over all stages", () => {
    // Counted in a tenth of the recording.
    assert.deepEqual(
      findBottlenecks(measuredRun).byCalls.map(({ name, calls }) => `${name} ${formatCalls(calls!)}`),
      ["fir about 13,820,000", "biquad about 243,000", "process about 13,500", "hann about 1,000"],
    );
    assert.deepEqual(findBottlenecks(exampleRun).byCalls, []);
  });

  it("has exact calls where the whole recording was counted", () => {
    const whole = { ...measuredRun, counts: { ...measuredRun.counts!, frames: measuredRun.audio.frames } };
    assert.deepEqual(findBottlenecks(whole).byCalls[1]?.calls, { calls: 24_300, isEstimate: false });
  });

  it("tells functions that begin on one line apart by their names, and takes one alone by its place", () => {
    const counted = (names: readonly [string, number][]): string[] => {
      const functions = names.map(([name, calls]) => ({
        file: "a.ts",
        line: 3,
        stage: "stage",
        name,
        calls,
      }));
      const run = drawRun({
        slow: {},
        tree: "stage p.ts:1 stream\n  outer a.ts:3 10\n  inner a.ts:3 5\n  alone a.ts:9 1",
        with: {
          counts: {
            startSeconds: 0,
            frames: 6_912_000,
            lines: [],
            loops: [],
            functions: [...functions, { file: "a.ts", line: 9, stage: "stage", name: "get alone", calls: 7 }],
            caught: [],
          },
        },
      });
      return findBottlenecks(run).bySelf.map(({ name, calls }) => `${name} ${calls?.calls ?? "unknown"}`);
    };
    assert.deepEqual(
      counted([
        ["outer", 4],
        ["inner", 400],
      ]),
      ["outer 4", "inner 400", "alone 7"],
    );
    assert.deepEqual(counted([["(anonymous)", 4]]), ["outer unknown", "inner unknown", "alone 7"]);
  });

  it("has functions as targets that were called more than 1000 times, by their own time", () => {
    assert.deepEqual(
      findTargets(measuredRun).map(({ name, selfMs, priority }) => `${priority} ${name} ${selfMs}`),
      ["High biquad 5350", "Medium process 3680", "Medium fir 1870"],
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

describe("the priorities of stages", () => {
  const reasonOf = (run: Run, stage: string): string =>
    rankStages(run)
      .find((each) => each.stage.name === stage)!
      .reason.replaceAll("\u202f", " ");

  it("are High from a fifth of all time on, Medium from a twentieth, else Low", () => {
    const run = drawRun({
      slow: {},
      tree: [
        "high a.ts:1 block\n  f a.ts:2 200",
        "medium a.ts:4 block\n  g a.ts:5 50",
        "low a.ts:7 block\n  h a.ts:8 49",
        "rest a.ts:9 block\n  i a.ts:10 701",
      ].join("\n"),
    });
    assert.deepEqual(
      rankStages(run).map(({ stage, priority }) => `${stage.name} ${priority}`),
      ["rest High", "high High", "medium Medium", "low Low"],
    );
  });

  it("name the fewest functions that take half of the stage, by what they cost in it alone", () => {
    const [equaliser, limiter] = rankStages(exampleRun);
    // Of biquad's 5350 ms 170 ms are the loudness stage's.
    assert.deepEqual(equaliser?.functions, [
      { name: "biquad", file: "src/biquad.ts", line: 24, share: 5180 / 7860 },
    ]);
    assert.deepEqual(
      limiter?.functions.map(({ name }) => name),
      ["fir", "slidingMax"],
    );
  });

  it("say why: calls, a line that dominates, its loop", () => {
    // 11,059,200 iterations of 45 ns in a tenth of the recording are 4.98 s of 7.86 s.
    assert.equal(
      reasonOf(measuredRun, "equaliser"),
      "13,500 calls of 582 µs on average; biquad.ts:31 alone takes 3.94 s; the loop at biquad.ts:29 goes round about 110,600,000 times, 45.0 ns each.",
    );
  });

  it("say why: collections and allocation, and nothing of those that are small", () => {
    assert.equal(
      reasonOf(measuredRun, "limiter"),
      "13,500 calls of 364 µs on average; oversample.ts:40 alone takes 1.60 s; collecting garbage takes 446 ms in 59 pauses; it allocates 173 MB for each minute of audio.",
    );
    // Its loop takes a tenth of a second of 2.47 s, and it allocates 4.8 MB a minute.
    assert.equal(
      reasonOf(measuredRun, "spectrum"),
      "13,500 calls of 183 µs on average; window.ts:6 alone takes 748 ms.",
    );
  });

  it("take the sampler's word for collections where pauses weren't watched", () => {
    const collector = "stage p.ts:1 stream\n  process a.ts:2\n    :3 500\n  (garbage_collector) 500";
    assert.match(
      reasonOf(drawRun({ slow: {}, tree: collector }), "stage"),
      /; collecting garbage takes 500 ms\.$/,
    );
  });

  it("say why: waiting", () => {
    const stages = exampleRun.stages.map((stage) => ({ ...stage, wallMs: stage.selfMs + 3000 }));
    assert.match(reasonOf({ ...exampleRun, stages }, "loudness"), /; it waits 3\.00 s besides\.$/);
  });
});
