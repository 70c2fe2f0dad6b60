import assert from "node:assert/strict";
import { readRun } from "../../src/core/run/readRun.ts";
import { exampleRun } from "../support/exampleRun.ts";

type Fields = Record<string, unknown>;

const withChange = (change: object): string => JSON.stringify({ ...exampleRun, ...change });

/** The example as it is saved, with another value at a place: `stages[3].load`. */
function withValue(place: string, value: unknown): string {
  const run = JSON.parse(JSON.stringify(exampleRun)) as Fields;
  const steps = place.split(/[.[\]]+/).filter((step) => step !== "");
  const inside = steps.slice(0, -1).reduce((at, step) => at[step] as Fields, run);
  inside[steps.at(-1)!] = value;
  return JSON.stringify(run);
}

const DAMAGES: readonly (readonly [place: string, value: unknown, what: string])[] = [
  ["id", "../../elsewhere", "isn't the name of a saved run"],
  ["time", "soon", "isn't a time"],
  ["state", "running", 'isn\'t one of "complete", "cancelled"'],
  ["machine.frequencyGHz", "fast", 'isn\'t a number or "unknown"'],
  ["machine.simd", [1], 'isn\'t a list of names or "unknown"'],
  ["audio.sampleRate", 0, "isn't a number above 0"],
  ["pipeline.name", { toString: 1 }, "isn't text"],
  [
    "passes[1].kind",
    "alike",
    'isn\'t one of "timed", "alone", "sampled", "counted", "allocations", "probe", "sizes"',
  ],
  ["passes[2].overhead.share", null, "isn't a number"],
  ["totals.deadline.block.p99", undefined, "is missing"],
  ["stages[3]", "limiter", "isn't an object"],
  ["stages[5].scope", "song", 'isn\'t one of "stream", "block", "file"'],
  ["stages[0].load", "1", "isn't a number"],
  ["stages[0].histogram.edgesMs", [0, 1], "doesn't have one edge more than there are counts"],
  ["lines", {}, "isn't a list"],
  ["lines[7].line", 0, "isn't a whole number from 1 on"],
  ["lines[7].file", null, "isn't text"],
  ["lines[7].folded", {}, "isn't a list"],
  ["callTree.kind[4]", 3, "isn't one of 0, 1, 2"],
  ["callTree.parent[4]", 4, "isn't an earlier node"],
  ["callTree.parent[4]", -1, "doesn't fit the node's kind"],
  ["callTree.stage[4]", 6, "isn't one of the stages"],
  ["callTree.function[4]", 900, "isn't one of the functions"],
  ["callTree.line", [0], 'isn\'t as long as "callTree.kind"'],
  ["callTree.functions[2].line", 1.5, "isn't a whole number from 0 on"],
  ["findings[0].severity", "fatal", 'isn\'t one of "error", "warning", "information"'],
  ["findings[0].where.line", "9", "isn't a whole number from 1 on"],
];

describe("reading a saved run", () => {
  it("gives the run that was saved", () => {
    const run = exampleRun;
    assert.deepEqual(readRun(JSON.stringify(run)), run);
  });

  it("gives lines of runs that didn't know it nothing that ran in packages", () => {
    const lines = exampleRun.lines.map((line) => ({ ...line, folded: undefined }));
    assert.deepEqual(readRun(withChange({ lines })), exampleRun);
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
    assert.throws(() => readRun(withChange({ lines: undefined })), /damaged \("lines" is missing\)/);
    assert.throws(() => readRun(withChange({ totals: null })), /damaged \("totals" isn't an object\)/);
    assert.throws(() => readRun(withChange({ version: "1" })), /damaged \(its version is missing\)/);
  });

  for (const [place, value, what] of DAMAGES) {
    it(`names the field that is damaged: ${place} ${what}`, () => {
      assert.throws(() => readRun(withValue(place, value)), {
        message: `This run is damaged ("${place}" ${what}): profile again.`,
      });
    });
  }

  it("takes no number that is too large for one", () => {
    const text = withValue("totals.wallMs", 12_345).replace("12345", "1e999");
    assert.throws(() => readRun(text), /"totals\.wallMs" isn't a number/);
  });

  it("takes what is unknown, absent or null where the format has it so", () => {
    const { machine, totals, stages } = exampleRun;
    const run = {
      ...exampleRun,
      machine: { ...machine, cpu: "unknown", frequencyGHz: "unknown", gpus: "unknown", simd: "unknown" },
      totals: { ...totals, deadline: null },
      stages: stages.map((stage) => ({ ...stage, speed: null, histogram: { edgesMs: [], counts: [] } })),
      findings: [{ ...exampleRun.findings[0], where: {} }],
    };
    assert.deepEqual(readRun(JSON.stringify(run)), run);
  });

  it("doesn't know when passes of an older run started", () => {
    const passes = exampleRun.passes.map((pass) => ({ ...pass, startedMs: undefined }));
    const read = readRun(JSON.stringify({ ...exampleRun, passes }));
    assert.deepEqual(
      read.passes.map(({ startedMs }) => startedMs),
      passes.map(() => null),
    );
  });

  it("takes what a later Waveflame adds: fields, kinds of findings", () => {
    const run = {
      ...exampleRun,
      weather: { outside: "rain" },
      audio: { ...exampleRun.audio, tempo: 92 },
      findings: [
        { kind: "out-of-tune", severity: "warning", text: "The A is flat.", where: null, cents: -12 },
      ],
    };
    assert.deepEqual(readRun(JSON.stringify(run)), run);
  });
});
