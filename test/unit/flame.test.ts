import assert from "node:assert/strict";
import { functionNames } from "../../src/core/run/functionNames.ts";
import { layOutFlame } from "../../src/core/flame/boxes.ts";
import type { FlameBoxes } from "../../src/core/flame/boxes.ts";
import { meaningOf } from "../../src/core/flame/describe.ts";
import { neighbour } from "../../src/core/flame/neighbours.ts";
import { searchFlame } from "../../src/core/flame/search.ts";
import { pathTo, showFrom } from "../../src/core/flame/zoom.ts";
import { drawTree } from "../support/drawRun.ts";
import { drawRun } from "../support/exampleRun.ts";

const TREE = `
quiet p.ts:4 stream
  process quiet.ts:1
    :2 10
loud p.ts:9 stream
  process loud.ts:1
    :3 20
    :5 30
    helper help.ts:1
      :7 25
    helper help.ts:1
      :7 15
`;

const run = drawRun({ tree: TREE, slow: {} });
const boxes = layOutFlame(drawTree(TREE).callTree);

/** A line a box: indented by depth, name, left and right edge in percent. */
function picture(of: FlameBoxes): string {
  const rows = [];
  for (let box = 0; box < of.count; box++) {
    const from = Math.round(of.x[box]! * 100);
    const to = Math.round((of.x[box]! + of.width[box]!) * 100);
    rows.push(
      `${"  ".repeat(of.depth[box]!)}${meaningOf(run, functionNames(run), of, box).name} ${from}-${to}`,
    );
  }
  return rows.join("\n");
}

function boxNamed(name: string): number {
  for (let box = 0; box < boxes.count; box++)
    if (meaningOf(run, functionNames(run), boxes, box).name === name) return box;
  throw new Error(`The drawing has no box ${name}.`);
}

describe("the flame graph's boxes", () => {
  it("lie left-heavy, row by row, with equal callees merged", () => {
    assert.equal(
      picture(boxes),
      `Voice master 0-100
  loud 0-90
  quiet 90-100
    process 0-90
    process 90-100
      helper 0-40
      loud.ts:5 40-70
      loud.ts:3 70-90
      quiet.ts:2 90-100
        help.ts:7 0-40`,
    );
    assert.equal(boxes.rows, 5);
  });

  it("give a function its own lines as self time", () => {
    const process = boxes.firstChild[boxNamed("loud")]!;
    assert.equal(boxes.selfMs[process], 50);
    assert.equal(boxes.totalMs[process], 90);
  });

  it("are one empty box for an empty tree", () => {
    const empty = layOutFlame(drawTree("").callTree);
    assert.equal(empty.count, 1);
    assert.equal(empty.width[0], 0);
  });

  it("take a deep recursion without recursing", () => {
    const deep = ["s p.ts:1 stream"];
    for (let depth = 1; depth < 30_000; depth++) deep.push(`${"  ".repeat(1)}f f.ts:${depth} 1`);
    const { callTree } = drawTree(deep.join("\n"));
    const chain = { ...callTree, parent: callTree.parent.map((_, node) => node - 1) };
    assert.equal(layOutFlame(chain).rows, 30_001);
  });
});

describe("zooming the flame graph", () => {
  it("shows the box and its callers over the whole width, and what lies below", () => {
    const helper = boxNamed("helper");
    const shown = showFrom(boxes, helper, 0).map(
      ({ box, left, width }) => `${meaningOf(run, functionNames(run), boxes, box).name} ${left}+${width}`,
    );
    assert.deepEqual(shown, ["Voice master 0+1", "loud 0+1", "process 0+1", "helper 0+1", "help.ts:7 0+1"]);
  });

  it("leaves out what is too narrow to see", () => {
    const names = showFrom(boxes, 0, 0.15).map(
      ({ box }) => meaningOf(run, functionNames(run), boxes, box).name,
    );
    assert.ok(!names.includes("quiet"));
    assert.ok(names.includes("loud.ts:3"));
  });

  it("knows the way back", () => {
    const names = pathTo(boxes, boxNamed("helper")).map(
      (box) => meaningOf(run, functionNames(run), boxes, box).name,
    );
    assert.deepEqual(names, ["Voice master", "loud", "process", "helper"]);
  });
});

describe("searching the flame graph", () => {
  const name = (box: number) => meaningOf(run, functionNames(run), boxes, box).name;

  it("counts boxes, and nested ones once in the share", () => {
    const { count, share, marks } = searchFlame(boxes, name, "HELP");
    assert.equal(count, 2);
    assert.ok(Math.abs(share - 0.4) < 1e-12);
    assert.equal(marks[boxNamed("helper")], 1);
  });

  it("finds nothing for an empty text", () => {
    assert.deepEqual(
      [searchFlame(boxes, name, "  ").count, searchFlame(boxes, name, "nowhere").share],
      [0, 0],
    );
  });
});

describe("moving in the flame graph", () => {
  const go = (from: string, ...ways: Parameters<typeof neighbour>[2][]) =>
    meaningOf(
      run,
      functionNames(run),
      boxes,
      ways.reduce((box, way) => neighbour(boxes, box, way), boxNamed(from)),
    ).name;

  it("goes down to the widest callee and up to the caller", () => {
    assert.equal(go("loud", "down", "down"), "helper");
    assert.equal(go("helper", "up", "up"), "loud");
  });

  it("stays in its row, over the end of a caller too", () => {
    assert.equal(go("helper", "right"), "loud.ts:5");
    assert.equal(go("loud.ts:3", "right"), "quiet.ts:2");
    assert.equal(go("quiet.ts:2", "left"), "loud.ts:3");
  });

  it("stops at the edges", () => {
    assert.equal(go("Voice master", "up"), "Voice master");
    assert.equal(go("help.ts:7", "down"), "help.ts:7");
    assert.equal(go("loud", "left"), "loud");
    assert.equal(go("helper", "last"), "loud.ts:3");
    assert.equal(go("loud.ts:3", "first"), "helper");
  });
});

describe("a box's meaning", () => {
  it("has a place to open, or none for the runtime's own functions", () => {
    const tree = `
stage p.ts:4 stream
  (garbage_collector) 3
  pack node_modules/pack/index.js:12 5
`;
    const other = drawRun({ tree, slow: {} });
    const laidOut = layOutFlame(other.callTree);
    const meanings = [2, 3].map((box) => meaningOf(other, functionNames(other), laidOut, box));
    assert.deepEqual(
      meanings.map(({ name, place, functionKind }) => ({ name, place, functionKind })),
      [
        { name: "pack", place: { file: "node_modules/pack/index.js", line: 12 }, functionKind: "package" },
        { name: "(garbage collector)", place: null, functionKind: "collector" },
      ],
    );
  });
});
