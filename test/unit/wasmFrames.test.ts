import assert from "node:assert/strict";
import type { Profiler } from "node:inspector";
import { SpanTimeline } from "../../src/engine/sampling/spanTimeline.ts";
import { tickTreeOf } from "../../src/engine/sampling/tickTree.ts";
import { drawing } from "../support/drawTicks.ts";

/** A V8 profile of functions drawn as `NAME TICKS`, two spaces a level; `(root)` stands above them. */
function profileOf(text: string): Profiler.Profile {
  const nodes: Profiler.ProfileNode[] = [];
  const path: Profiler.ProfileNode[] = [];
  for (const row of [
    "(root) 0",
    ...drawing(text)
      .split("\n")
      .map((one) => `  ${one}`),
  ]) {
    const depth = (row.length - row.trimStart().length) / 2;
    const [, functionName = "", ticks = "0"] = /^(.*) (\d+)$/.exec(row.trim()) ?? [];
    const callFrame = { functionName, scriptId: "0", url: "", lineNumber: 0, columnNumber: 0 };
    const node: Profiler.ProfileNode = {
      id: nodes.length + 1,
      callFrame,
      hitCount: Number(ticks),
      children: [],
    };
    path[depth - 1]?.children?.push(node.id);
    path[depth] = node;
    nodes.push(node);
  }
  return { nodes, startTime: 0, endTime: 0, samples: [], timeDeltas: [] };
}

/** The functions below the stage with their ticks, as `NAME TICKS`, callees indented. */
function treeOf(text: string): string {
  const tree = tickTreeOf(profileOf(text), new SpanTimeline(), 0, "file:///engine.js");
  const depth: number[] = [];
  const rows = tree.parent.map((parent, node) => {
    depth[node] = parent < 0 ? 0 : (depth[parent] ?? 0) + 1;
    const ticks = tree.ticks.reduce((sum, [of, , count]) => (of === node ? sum + count : sum), 0);
    const name = parent < 0 ? `waveflame stage ${tree.stage[node]}` : tree.name[node];
    return `${"  ".repeat(depth[node] ?? 0)}${name} ${ticks}`;
  });
  return rows.join("\n");
}

describe("the ticks of WebAssembly", () => {
  it("are one function's, whether V8 called it over its wrapper or without", () => {
    const tree = treeOf(`
      waveflame stage 0 0
        process 5
          js-to-wasm:id:d 0
            first 20
          first 30`);
    assert.equal(
      tree,
      drawing(`
      waveflame stage 0 0
        process 5
          first 50`),
    );
  });

  it("are given back to the function that V8 takes for the wrapper", () => {
    const tree = treeOf(`
      waveflame stage 0 0
        process 5
          js-to-wasm:id:d 40
            first 20
            second 10
          first 30`);
    assert.equal(
      tree,
      drawing(`
      waveflame stage 0 0
        process 5
          second 50
          first 50`),
    );
  });

  it("stay with the wrapper where several functions may be meant", () => {
    const tree = treeOf(`
      waveflame stage 0 0
        process 5
          js-to-wasm:id:d 40
            first 20
            second 10`);
    assert.equal(
      tree,
      drawing(`
      waveflame stage 0 0
        process 5
          js-to-wasm:id:d 40
          first 20
          second 10`),
    );
  });
});
