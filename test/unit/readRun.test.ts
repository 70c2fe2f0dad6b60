import assert from "node:assert/strict";
import { readRun } from "../../src/core/readRun.ts";
import { exampleRun } from "../support/exampleRun.ts";

const withChange = (change: object): string => JSON.stringify({ ...exampleRun, ...change });

describe("reading a saved run", () => {
  it("gives the run that was saved", () => {
    const run = exampleRun;
    assert.deepEqual(readRun(JSON.stringify(run)), run);
  });

  it("refuses what Waveflame didn't write", () => {
    for (const text of ['{"nodes":[],"samples":[]}', "[]", "3", "null", withChange({ format: "other" })]) {
      assert.throws(() => readRun(text), { message: "This isn't a run that Waveflame saved." });
    }
  });

  it("says what to do about a run of a newer Waveflame", () => {
    assert.throws(() => readRun(withChange({ version: 2 })), {
      message: "This run has format version 2 and this Waveflame reads up to 1: update Waveflame to read it.",
    });
  });

  it("says when a file was cut off or lost a part", () => {
    const whole = JSON.stringify(exampleRun);
    assert.throws(
      () => readRun(whole.slice(0, whole.length / 2)),
      /damaged \(it isn't complete JSON\): profile again/,
    );
    assert.throws(() => readRun(withChange({ lines: undefined })), /damaged \(its lines are missing\)/);
    assert.throws(() => readRun(withChange({ totals: null })), /damaged \(its totals is missing\)/);
    assert.throws(() => readRun(withChange({ version: "1" })), /damaged \(its version is missing\)/);
  });
});
