import assert from "node:assert/strict";
import { resultRows } from "../../src/core/run/resultRows.ts";
import type { Emission, Json } from "../../src/core/run/run.ts";
import { exampleRun } from "../support/exampleRun.ts";

const [stage] = exampleRun.stages;

const emission = (value: Json, time = 0, name = "found"): Emission => ({
  stage: stage!.name,
  name,
  time,
  value,
});

const partsOf = (...results: readonly Emission[]): readonly (readonly string[])[] =>
  resultRows({ stages: [stage!], results }).map(({ parts }) => parts);

describe("what stages emitted, at a glance", () => {
  it("is a number in four significant digits, a whole one as it is", () => {
    const values = [-23.060323, 0.1179531, 48_000, 123_456, 1.23456e-9, 0];
    assert.deepEqual(
      values.flatMap((value) => partsOf(emission(value))[0] ?? []),
      ["−23.06", "0.118", "48,000", "123,456", "1.235e−9", "0"],
    );
  });

  it("is a record by its names, and a word as it is", () => {
    const value = { peak: 0.5, energy: "low", tempo: null, clipped: false, bands: [1, 2, 3, 4, 5] };
    assert.deepEqual(partsOf(emission(value)), [
      ["peak 0.5", "energy low", "tempo none", "clipped no", "bands 5 numbers"],
    ]);
  });

  it("is a short list whole, and of a long one how much it holds", () => {
    assert.deepEqual(partsOf(emission(["a.wav", "a.json"])), [["a.wav", "a.json"]]);
    assert.deepEqual(partsOf(emission(Array.from({ length: 1025 }, () => 0.5))), [["1,025 numbers"]]);
    assert.deepEqual(partsOf(emission([{ frequency: 20 }, { frequency: 40 }])), [["2 values"]]);
    assert.deepEqual(partsOf(emission([])), [["0 values"]]);
  });

  it("is told once where it came often, with when, and between which numbers", () => {
    assert.deepEqual(partsOf(emission(1, 0.5), emission(1, 3), emission(1, 62)), [
      ["3 times from 0:00.5 to 1:02.0", "each 1"],
    ]);
    assert.deepEqual(partsOf(emission(-3, 0), emission(0.25, 3)), [
      ["2 times from 0:00.0 to 0:03.0", "−3 to 0.25"],
    ]);
  });

  it("stands in the order of the stages", () => {
    const rows = resultRows({
      stages: exampleRun.stages,
      results: [
        { stage: "limiter", name: "peak", time: 0, value: 1 },
        { stage: "spectrum", name: "bands", time: 1, value: 2 },
        { stage: "limiter", name: "gain", time: 2, value: 3 },
      ],
    });
    assert.deepEqual(
      rows.map(({ stage: of, name }) => `${of}: ${name}`),
      ["spectrum: bands", "limiter: peak", "limiter: gain"],
    );
  });
});
