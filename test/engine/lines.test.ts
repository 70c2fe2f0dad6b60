import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { lineOf, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** Wide enough for a busy machine; the benchmark holds the exact bounds. */
const TOLERANCE = 0.1;
const RECORDING = { "recording.wav": wavFile({ sampleRate: 8000, frames: 16_000 }) };

/** Takes a time that is proportional to `turns`: random numbers by xorshift, which no value makes slower. */
const LOOP =
  "let x = turns; for (let turn = 0; turn < turns; turn++) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; } sum ^= x;";

describe("the lines of a run", () => {
  const workspace = profiledWorkspace();

  const profile = (files: Files): Promise<Run> =>
    workspace.profile({ ...files, ...RECORDING }, { samplingBudgetMs: 1000 });

  /** Summed over the lines' stages, or of one stage. */
  function shareOf(run: Run, file: string, from: number, to = from, stage?: string): number {
    const there = run.lines.filter(
      (line) =>
        line.file === file && line.line >= from && line.line <= to && (stage ?? line.stage) === line.stage,
    );
    return there.reduce((sum, { share }) => sum + share, 0);
  }

  function assertNear(actual: number, expected: number, what: string): void {
    assert.ok(Math.abs(actual - expected) <= TOLERANCE, `${what}: ${actual} where ${expected} is true`);
  }

  it("split time over four loops in two files as their turns do", async () => {
    const far = `
export interface Turns { readonly count: number }
let sum = 0;
export function far(turns: number): void {
  ${LOOP} // THIRTY
}
export function farther(turns: number): void {
  ${LOOP} // FIVE
}
`;
    const main = `
import { far, farther, type Turns } from "./far";
const unit: Turns = { count: 20_000 };
let sum = 0;
function near(turns: number): void {
  ${LOOP} // FIFTY
}
function nearer(turns: number): void {
  ${LOOP} // FIFTEEN
}
export default { name: "Four loops", blockFrames: 160, stages: { all: () => () => {
  near(10 * unit.count);
  far(6 * unit.count);
  nearer(3 * unit.count);
  farther(unit.count);
} } };
`;
    const run = await profile({ "main.pipeline.ts": main, "far.ts": far });
    assertNear(shareOf(run, "main.pipeline.ts", lineOf(main, "FIFTY")), 0.5, "the first loop");
    assertNear(shareOf(run, "far.ts", lineOf(far, "THIRTY")), 0.3, "the second loop");
    assertNear(shareOf(run, "main.pipeline.ts", lineOf(main, "FIFTEEN")), 0.15, "the third loop");
    assertNear(shareOf(run, "far.ts", lineOf(far, "FIVE")), 0.05, "the fourth loop");
    const all = run.lines.reduce((sum, { share }) => sum + share, 0);
    assert.ok(all > 0.9 && all <= 1.000001, `all lines together have ${all}`);
    const call = run.lines.find(
      ({ file, line }) => file === "main.pipeline.ts" && line === lineOf(main, "far(6"),
    );
    assertNear(
      (call?.totalMs ?? 0) / run.totals.stagesMs,
      0.3,
      "the call of the second loop, with what it called",
    );
  });

  it("split a helper that two stages share as the stages use it", async () => {
    const helper = `let sum = 0;\nexport const spin = (turns: number): void => {\n  ${LOOP} // SPIN\n};\n`;
    const main = `
import { spin } from "./helper.ts";
export default { name: "Shared", blockFrames: 160, stages: {
  twice: () => () => { spin(200_000); },
  once: () => () => { spin(100_000); },
} };
`;
    const run = await profile({ "main.pipeline.ts": main, "helper.ts": helper });
    const line = lineOf(helper, "SPIN");
    for (const { name, share } of run.stages) {
      const call = lineOf(main, `${name}:`);
      const own =
        shareOf(run, "helper.ts", line, line, name) + shareOf(run, "main.pipeline.ts", call, call, name);
      assertNear(own / share, 1, `what the helper is of stage ${name}`);
      assert.ok(
        shareOf(run, "helper.ts", line, line, name) / share > 0.8,
        "An inlined call has the helper's time.",
      );
    }
    const [twice, once] = run.stages;
    assert.ok((twice?.ticks ?? 0) > (once?.ticks ?? 0));
  });

  it("split an expression over its lines", async () => {
    const main = `
let sum = 0;
const spin = (turns: number): number => { ${LOOP} return sum; }; // SPIN
export default { name: "Expression", blockFrames: 160, stages: { sum: () => (block: { channels: number[][] }) => {
  let a = 0;
  for (let i = 0; i < 100_000; i++) {
    a =
      Math.hypot(a, i, 1) + // HYPOT
      (i & 1);
  }
  block.channels[0]![0] = a + spin(1); // CALL
} } };
`;
    const run = await profile({ "main.pipeline.ts": main });
    const hypot = lineOf(main, "HYPOT");
    assert.ok(shareOf(run, "main.pipeline.ts", hypot) > 0.5, JSON.stringify(run.lines.slice(0, 4)));
    const collected = run.callTree.functions.findIndex(({ kind }) => kind === "collector");
    const collectorMs = run.callTree.selfMs.reduce(
      (sum, ms, node) => sum + (run.callTree.function[node] === collected ? ms : 0),
      0,
    );
    const expression = shareOf(run, "main.pipeline.ts", hypot - 2, hypot + 1);
    assertNear(
      expression + collectorMs / run.totals.stagesMs,
      1,
      "the expression and what is collected after it",
    );
    assert.ok(shareOf(run, "main.pipeline.ts", lineOf(main, "CALL")) < 0.1);
  });

  it("have a callback's time where the callback is written, and a sort's at its call", async () => {
    const main = `
export default { name: "Callbacks", blockFrames: 160, stages: { sort: () => {
  const values = Array.from({ length: 2000 }, (_, i) => (i * 7919) % 2003);
  return () => {
    const sorted = values
      .slice()
      .sort((a, b) => a - b); // SORT
    if (sorted[0]! > 2003) throw new Error();
  };
} } };
`;
    const run = await profile({ "main.pipeline.ts": main });
    const line = lineOf(main, "SORT");
    assert.ok(shareOf(run, "main.pipeline.ts", line - 2, line) > 0.8, JSON.stringify(run.lines.slice(0, 4)));
  });

  it("say which function of a package their time went to", async () => {
    const main = `
import { burn } from "burner";
export default { name: "Folded", blockFrames: 160, stages: { burns: () => () => {
  burn(300_000); // CALL
} } };
`;
    const burner = `exports.burn = function burn(turns) { let sum = 0; ${LOOP} return sum; };\n`;
    const run = await profile({
      "main.pipeline.ts": main,
      "node_modules/burner/index.js": burner,
      "node_modules/burner/package.json": '{ "name": "burner", "main": "index.js" }',
    });
    const line = run.lines.find((one) => one.line === lineOf(main, "CALL"));
    const [first] = line?.folded ?? [];
    assert.deepEqual(
      [first?.name, first?.file, first?.kind],
      ["burn", "node_modules/burner/index.js", "package"],
    );
    assert.ok(first!.ms > 0.8 * run.totals.stagesMs && first!.ms <= line!.selfMs * 1.000001);
  });

  it("name stages, and where they stand in the pipeline's file", async () => {
    const main = `
import { loud } from "./loud";
const inline = () => () => {};
export default { name: "Places", stages: {
  first: inline, // FIRST
  "second one": { // SECOND
    scope: "block",
    create: loud,
  },
} };
`;
    const run = await profile({
      "main.pipeline.ts": main,
      "loud.ts": "export const loud = () => () => {};\n",
    });
    assert.deepEqual(
      run.stages.map(({ name, file, line, scope }) => ({ name, file, line, scope })),
      [
        { name: "first", file: "main.pipeline.ts", line: lineOf(main, "FIRST"), scope: "stream" },
        { name: "second one", file: "main.pipeline.ts", line: lineOf(main, "SECOND"), scope: "block" },
      ],
    );
  });

  it("agree with the stages and the call tree", async () => {
    const main = `
let sum = 0;
const spin = (turns: number): void => { ${LOOP} };
export default { name: "Agrees", blockFrames: 160, stages: {
  a: () => () => { spin(3000); },
  b: () => () => { spin(1000); },
} };
`;
    const run = await profile({ "main.pipeline.ts": main });
    const { callTree, stages, totals } = run;
    const stagesMs = stages.reduce((all, { selfMs }) => all + selfMs, 0);
    assert.ok(Math.abs(stagesMs - totals.stagesMs) < 1e-6 * stagesMs);
    stages.forEach(({ name, selfMs, share, ticks, calls }, stage) => {
      const inTree = callTree.selfMs.reduce(
        (all, ms, node) => all + (callTree.stage[node] === stage ? ms : 0),
        0,
      );
      assert.ok(
        Math.abs(inTree - selfMs) < 1e-6 * selfMs,
        `${name}: ${inTree} in the tree, ${selfMs} in the stage`,
      );
      assert.ok(Math.abs(share - selfMs / stagesMs) < 1e-9);
      assert.ok(ticks > 0);
      assert.equal(calls, 100);
    });
    for (const { selfMs, totalMs, share, error } of run.lines) {
      assert.ok(totalMs >= selfMs - 1e-9);
      assert.ok(share >= 0 && share <= 1 && error >= 0 && error <= 1);
    }
    callTree.parent.forEach((parent, node) => assert.ok(parent < node));
    assert.deepEqual(
      run.passes.map(({ kind }) => kind),
      ["timed", "sampled"],
    );
    assert.equal(run.totals.deadline?.blocks, 100);
    assert.equal(run.totals.deadline.budgetMs, 20);
  });
});
