import assert from "node:assert/strict";
import type { Profiler } from "node:inspector";
import { SpanTimeline } from "../../src/engine/sampling/spanTimeline.ts";
import { tickTreeOf } from "../../src/engine/sampling/tickTree.ts";
import { COUNTING, WRAPPED_URL } from "../../src/engine/worker/io/wrapped.ts";
import { FRAME_PREFIX } from "../../src/engine/worker/stages/stageCall.ts";

const OWN = "file:///waveflame/laneTask.js";
const STAGE = "file:///stage.mjs";

/** A frame as deep as it is indented: `name url ticks`. */
function profileOf(drawing: string): Profiler.Profile {
  const nodes: Profiler.ProfileNode[] = [];
  const above: Profiler.ProfileNode[] = [];
  for (const line of drawing.trim().split("\n")) {
    const depth = line.search(/\S/) / 2;
    const [functionName = "", url = "", ticks = "0"] = line.trim().split(" | ");
    const callFrame = { functionName, url, scriptId: "1", lineNumber: 0, columnNumber: 0 };
    const node = { id: nodes.length + 1, callFrame, hitCount: Number(ticks), children: [] };
    above[depth - 1]?.children?.push(node.id);
    above[depth] = node;
    nodes.push(node);
  }
  return { nodes, startTime: 0, endTime: 0, samples: [], timeDeltas: [] };
}

/** Each node's path of names below its stage, with its ticks. */
function pathsOf(drawing: string): Record<string, number> {
  const tree = tickTreeOf(profileOf(drawing), new SpanTimeline(), 0, OWN);
  const path = (node: number): string => {
    const parent = tree.parent[node] ?? -1;
    return parent < 0 ? "" : `${path(parent)}/${tree.name[node] ?? ""}`;
  };
  return Object.fromEntries(tree.ticks.map(([node, , ticks]) => [path(node), ticks]));
}

const below = (frames: string): string => `(root)
  ${FRAME_PREFIX}0
    process | ${STAGE}
${frames.replace(/^/gm, "      ")}`;

describe("calls that are counted, in a stage's tree", () => {
  it("are one with what counts them", () => {
    const paths = pathsOf(
      below(`readFileSync | ${WRAPPED_URL} | 1
  ${COUNTING} | ${OWN} | 2
    now | ${OWN} | 3
    readFileSync | node:fs | 10
      openSync | ${WRAPPED_URL} | 4
        openSync | node:fs | 20`),
    );
    assert.deepEqual(paths, {
      "/process/readFileSync": 1 + 2 + 3 + 10,
      "/process/readFileSync/openSync": 4 + 20,
    });
  });

  it("stay below the function that calls them where V8 inlined what stands in for them", () => {
    const paths = pathsOf(
      below(`${COUNTING} | ${OWN} | 2
  readFileSync | node:fs | 10
    tryStatSync | node:fs | 5`),
    );
    assert.deepEqual(paths, {
      "/process/(waveflame)": 2,
      "/process/readFileSync": 10,
      "/process/readFileSync/tryStatSync": 5,
    });
  });

  it("leave what a stage calls of the profiler's as it was", () => {
    const paths = pathsOf(
      below(`emit | ${OWN} | 2
  add | ${OWN} | 3
    slice | node:buffer | 4
${COUNTING} | ${STAGE} | 6
  sin | ${STAGE} | 7`),
    );
    assert.deepEqual(paths, {
      "/process/(waveflame)": 2 + 3,
      "/process/(waveflame)/slice": 4,
      [`/process/${COUNTING}`]: 6,
      [`/process/${COUNTING}/sin`]: 7,
    });
  });
});
