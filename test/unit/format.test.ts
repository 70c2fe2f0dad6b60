import assert from "node:assert/strict";
import { formatError, formatLoad } from "../../src/core/format.ts";
import { formatRunTime } from "../../src/core/run/runTime.ts";

describe("when a run was made", () => {
  const now = new Date(2026, 10, 21, 15, 0);
  const at = (...local: [number, number, number, number, number]) =>
    formatRunTime(new Date(...local).toISOString(), now);

  it("is told by the day as people say it", () => {
    assert.equal(at(2026, 10, 21, 0, 5), "today 00:05");
    assert.equal(at(2026, 10, 20, 23, 59), "yesterday 23:59");
    assert.equal(at(2026, 10, 3, 9, 30), "3 Nov 09:30");
    assert.equal(at(2025, 10, 3, 9, 30), "3 Nov 2025 09:30");
  });
});

describe("a load", () => {
  it("is a percentage of real time, readable however large", () => {
    const told = [0, 0.0001, 0.0186, 9.99, 75.602].map((load) => formatLoad(load).replaceAll("\u202f", " "));
    assert.deepEqual(told, ["0.0 %", "< 0.1 %", "1.9 %", "999.0 %", "7,560 %"]);
  });
});

describe("the error of a share", () => {
  it("is told in points of percent, with as many decimals as the share", () => {
    assert.equal(formatError(0.0072), "0.7");
    assert.equal(formatError(0.123), "12.3");
  });

  it("is never nothing", () => {
    assert.equal(formatError(0.0003), "0.1");
  });
});
