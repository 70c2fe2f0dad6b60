import { scaleLinear } from "d3-scale";
import assert from "node:assert/strict";
import { findBottlenecks } from "../../src/core/bottlenecks/bottlenecks.ts";
import { nextSorting, sortRows } from "../../webview-ui/bottlenecks/sort.ts";
import { timeTicks } from "../../webview-ui/charts/axis.ts";
import { placeLabels } from "../../webview-ui/charts/labels.ts";
import { simdMeaning, simdWords } from "../../webview-ui/tuning/simd.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";

describe("labels in a row", () => {
  it("stand in the middle of what they name where there is room", () => {
    const labels = [
      { x: 50, width: 20 },
      { x: 120, width: 40 },
    ];
    assert.deepEqual(placeLabels(labels, 200, 8), [40, 100]);
  });

  it("give way to each other and to the edges", () => {
    const labels = [
      { x: 2, width: 40 },
      { x: 20, width: 40 },
      { x: 199, width: 40 },
    ];
    assert.deepEqual(placeLabels(labels, 200, 8), [0, 48, 160]);
  });

  it("lose the middle one where they don't all fit", () => {
    const labels = [10, 20, 30].map((x) => ({ x, width: 60 }));
    assert.deepEqual(placeLabels(labels, 140, 8), [0, null, 68]);
  });
});

describe("a time axis", () => {
  const texts = (longest: number) =>
    timeTicks(scaleLinear([0, longest], [0, 100]), 4).map(({ text }) => text.replace("\u202f", " "));

  it("is written in one unit that fits its length", () => {
    assert.deepEqual(texts(8000), ["0", "2 s", "4 s", "6 s", "8 s"]);
    assert.deepEqual(texts(0.8), ["0", "200 µs", "400 µs", "600 µs", "800 µs"]);
    assert.deepEqual(texts(2.5), ["0", "0.5 ms", "1.0 ms", "1.5 ms", "2.0 ms", "2.5 ms"]);
  });
});

describe("sorting the bottlenecks", () => {
  it("begins with the largest number and the first word, and turns round", () => {
    const byName = nextSorting({ column: "self", descending: true }, "name");
    assert.deepEqual(byName, { column: "name", descending: false });
    assert.deepEqual(nextSorting(byName, "name"), { column: "name", descending: true });
    assert.deepEqual(nextSorting(byName, "total"), { column: "total", descending: true });
  });

  it("sorts sources by file and line as a number", () => {
    const { bySelf } = findBottlenecks(exampleRun);
    const limiter = sortRows(bySelf, { column: "place", descending: false })
      .filter(({ file }) => file === "src/limiter.ts")
      .map(({ line }) => line);
    assert.deepEqual(limiter, [20, 60, 82]);
  });
});

describe("the SIMD report", () => {
  it("names the instruction sets that matter, on Intel and on ARM", () => {
    assert.equal(
      simdWords(["fpu", "sse", "sse4_1", "avx2", "avx512f", "avx512dq"]),
      "SSE, SSE4.1, AVX2, AVX-512",
    );
    assert.equal(simdWords(["fp", "asimd"]), "NEON");
    assert.equal(simdWords(["fpu"]), "none");
    assert.equal(simdWords("unknown"), "unknown");
  });

  it("says what they mean for a pipeline with WebAssembly and one without", () => {
    assert.match(simdMeaning(exampleRun), /^JavaScript loops don't use it/);
    const tree = "stage p.ts:1 block\n  wasm-function[3] 10";
    assert.match(simdMeaning(drawRun({ tree, slow: {} })), /^WebAssembly uses 128 bits/);
  });
});
