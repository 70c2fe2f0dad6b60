import assert from "node:assert/strict";
import { compareResults } from "../../src/core/variants/compareResults.ts";
import type { Emission, Json } from "../../src/core/run/run.ts";

const emitted = (name: string, ...values: Json[]): Emission[] =>
  values.map((value, index) => ({ stage: "spectrum", name, time: index, value }));

describe("comparing what two runs emitted", () => {
  it("relates a difference to the largest number of its name, not to its own pair", () => {
    const found = compareResults(emitted("power", [0, 512, 1e-17]), emitted("power", [1e-17, 512, 0]));
    assert.deepEqual(found, { numbers: 3, largestDifference: 1e-17 / 512, different: null });
  });

  it("gives each name and each key a scale of its own", () => {
    const before = [...emitted("peak", { hertz: 4000, level: 0.01 }), ...emitted("rms", 0.5)];
    const after = [...emitted("peak", { hertz: 4000, level: 0.005 }), ...emitted("rms", 0.5)];
    assert.equal(compareResults(before, after).largestDifference, 0.5);
  });

  it("relates to the values of all blocks together, also negative ones", () => {
    const found = compareResults(emitted("level", -100, -20, 0), emitted("level", -100, -20, 1));
    assert.equal(found.largestDifference, 0.01);
  });

  it("finds nothing apart where all is zero", () => {
    assert.deepEqual(compareResults(emitted("onset", 0, 0), emitted("onset", 0, 0)), {
      numbers: 2,
      largestDifference: 0,
      different: null,
    });
  });

  it("names what differs in more than numbers", () => {
    assert.equal(
      compareResults(emitted("onset", 1, 2), emitted("onset", 1)).different,
      `spectrum's "onset": 1 value instead of 2`,
    );
    assert.equal(
      compareResults(emitted("key", "C", "D"), emitted("key", "C", "E")).different,
      `spectrum's "key": another value, the 2nd`,
    );
    assert.match(String(compareResults(emitted("f", [1, 2]), emitted("f", [1])).different), /the 1st$/);
  });
});
