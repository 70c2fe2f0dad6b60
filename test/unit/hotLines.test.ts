import assert from "node:assert/strict";
import { ownerOf } from "../../src/core/lines/foldedTimes.ts";
import { hotLines } from "../../src/core/lines/hotLines.ts";
import type { LineFigures, Run } from "../../src/core/run/run.ts";
import { exampleRun } from "../support/exampleRun.ts";

function line(file: string, number: number, stage: string, selfMs: number, error = 0.005): LineFigures {
  const share = selfMs / 100;
  return {
    file,
    line: number,
    stage,
    selfMs,
    totalMs: selfMs + 1,
    share,
    error,
    load: share / 10,
    ticks: selfMs * 10,
    folded: [],
  };
}

const runWith = (lines: readonly LineFigures[]): Run => ({ ...exampleRun, lines });

describe("hot lines", () => {
  it("are merged over stages, with errors that add up as independent ones do", () => {
    const run = runWith([
      line("gain.ts", 7, "a", 20, 0.03),
      line("gain.ts", 7, "b", 30, 0.04),
      line("gain.ts", 8, "a", 10),
    ]);
    const [first, second] = hotLines(run);
    assert.deepEqual(
      {
        ...first,
        share: first?.share.toFixed(6),
        error: first?.error.toFixed(6),
        load: first?.load.toFixed(6),
      },
      {
        file: "gain.ts",
        line: 7,
        share: "0.500000",
        error: "0.050000",
        selfMs: 50,
        totalMs: 52,
        load: "0.050000",
        ticks: 500,
        stages: ["b", "a"],
        folded: [],
      },
    );
    assert.equal(second?.line, 8);
  });

  it("have what they called in packages and in Node once for all stages, the longest first", () => {
    const fft = { name: "transform", file: "node_modules/fft.js/lib/fft.js", kind: "package" } as const;
    const read = { name: "readSync", file: "", kind: "runtime" } as const;
    const [first] = hotLines(
      runWith([
        {
          ...line("gain.ts", 7, "a", 20),
          folded: [
            { ...fft, ms: 3 },
            { ...read, ms: 4 },
          ],
        },
        { ...line("gain.ts", 7, "b", 30), folded: [{ ...fft, ms: 2 }] },
      ]),
    );
    assert.deepEqual(first?.folded, [
      { ...fft, ms: 5 },
      { ...read, ms: 4 },
    ]);
    assert.deepEqual(first.folded.map(ownerOf), ["fft.js", "Node"]);
    const scoped = { ...fft, file: "../node_modules/a/node_modules/@audio/fft/index.js", ms: 1 };
    assert.equal(ownerOf(scoped), "@audio/fft");
  });

  it("come longest first, and in order of place where they are alike", () => {
    const run = runWith([
      line("b.ts", 2, "s", 5),
      line("a.ts", 9, "s", 5),
      line("a.ts", 3, "s", 5),
      line("c.ts", 1, "s", 40),
    ]);
    assert.deepEqual(
      hotLines(run).map(({ file, line }) => `${file}:${line}`),
      ["c.ts:1", "a.ts:3", "a.ts:9", "b.ts:2"],
    );
  });

  it("leave out lines under one percent, or under what a setting says", () => {
    const run = runWith([line("a.ts", 1, "s", 0.9, 0.001), line("a.ts", 2, "s", 1.1, 0.001)]);
    assert.deepEqual(
      hotLines(run).map(({ line }) => line),
      [2],
    );
    assert.deepEqual(
      hotLines(run, 0.005).map(({ line }) => line),
      [2, 1],
    );
    assert.deepEqual(hotLines(run, 0.02), []);
  });

  it("leave out lines within their error of nothing", () => {
    const run = runWith([line("a.ts", 1, "s", 3, 0.03), line("a.ts", 2, "s", 3, 0.029)]);
    assert.deepEqual(
      hotLines(run).map(({ line }) => line),
      [2],
    );
  });
});
