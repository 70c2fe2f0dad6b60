import assert from "node:assert/strict";
import { holdsNoNumber } from "../../src/engine/audio/holdsNoNumber.ts";

describe("samples that are no numbers", () => {
  it("are found wherever they are, also infinities that take each other away", () => {
    for (let length = 1; length <= 9; length++) {
      const samples = new Float32Array(length).fill(-1);
      assert.equal(holdsNoNumber(samples), false);
      for (let at = 0; at < length; at++) {
        for (const value of [NaN, Infinity, -Infinity]) {
          assert.ok(holdsNoNumber(samples.with(at, value)), `${value} at ${at} of ${length}`);
        }
        const both = samples.with(0, Infinity).with(at, -Infinity);
        assert.ok(holdsNoNumber(both), `both at ${at} of ${length}`);
      }
    }
    assert.equal(holdsNoNumber(new Float32Array(0)), false);
  });
});
