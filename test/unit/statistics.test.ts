import assert from "node:assert/strict";
import { histogramOf, percentile, percentilesOf, shareError } from "../../src/core/statistics.ts";

describe("statistics", () => {
  it("give nearest-rank percentiles", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    assert.equal(percentile(hundred, 0.5), 50);
    assert.equal(percentile(hundred, 0.99), 99);
    assert.equal(percentile(hundred, 1), 100);
    assert.equal(percentile([15, 20, 35, 40, 50], 0.4), 20);
    assert.equal(percentile([7], 0.01), 7);
    assert.equal(percentile([], 0.5), 0);
  });

  it("give percentiles of times in any order, which stay in their order", () => {
    const times = Float64Array.of(9, 1, 5, 3, 7);
    assert.deepEqual(percentilesOf(times), { p50: 5, p99: 9, max: 9 });
    assert.deepEqual([...times], [9, 1, 5, 3, 7]);
    assert.deepEqual(percentilesOf(new Float64Array()), { p50: 0, p99: 0, max: 0 });
  });

  it("count each time once, the slowest in the last bin", () => {
    const { edgesMs, counts } = histogramOf(Float64Array.of(0, 0.5, 1, 39.5, 40));
    assert.deepEqual(
      edgesMs,
      Array.from({ length: 41 }, (_, edge) => edge),
    );
    assert.deepEqual([counts.length, counts[0], counts[1], counts[39]], [40, 2, 1, 2]);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      5,
    );
  });

  it("reach as far as a budget, and somewhere for no times", () => {
    assert.equal(histogramOf(Float64Array.of(1, 2), 80).edgesMs.at(-1), 80);
    assert.equal(histogramOf(Float64Array.of(1, 200), 80).edgesMs.at(-1), 200);
    assert.ok((histogramOf(new Float64Array()).edgesMs.at(-1) ?? 0) > 0);
  });

  it("give the half-width of a share's 95 % interval", () => {
    // 1.96 √(0.5 · 0.5 / 9604) is one point: the number of ticks that is usual in polls.
    assert.ok(Math.abs(shareError(0.5, 9604) - 0.01) < 1e-12);
    assert.ok(Math.abs(shareError(0.1, 900) - 0.0196) < 1e-12);
    assert.equal(shareError(0.2, 100), shareError(0.8, 100));
    assert.equal(shareError(0.5, 0), 1);
  });
});
