import assert from "node:assert/strict";
import { callTreeOf } from "../../src/core/callTree/callTree.ts";
import { lineTicks } from "../../src/core/callTree/lineTicks.ts";
import { ticksTree } from "../../src/core/callTree/ticksTree.ts";
import { drawing, drawTickNodes, outlinesOf, sampledFrames } from "../support/drawTicks.ts";

/** Numbered, so that the drawings below can be read against it. */
const FILES = {
  "main.ts": `import { gain, envelope } from "./dsp.ts";
export default { stages: {
  first: () => (block) => {
    gain(block);
    envelope(block);
    gain(block);
  },
  second: () => (block) => {
    const n = depth(block, 3);
    return block.map((x) => x * n);
  },
} };
function depth(block, left) {
  if (left === 0) return 0;
  return 1 + depth(block, left - 1);
}
`,
  "dsp.ts": `export function gain(block) {
  for (const x of block) scale(x);
}
const scale = (x) => {
  return x * 2;
};
export function envelope(block) {
  for (const x of block) follow(x);
}
function follow(x) {
  return Math.abs(x);
}
`,
};
const OUTLINES = outlinesOf(FILES);
const FACTORIES = [
  { file: "main.ts", line: 3 },
  { file: "main.ts", line: 8 },
];

const treeOf = (sampled: string): ReturnType<typeof ticksTree> =>
  ticksTree(sampledFrames(drawing(sampled)), OUTLINES, FACTORIES);

function assertTree(sampled: string, expected: string): void {
  assert.equal(drawTickNodes(treeOf(sampled)), drawing(expected));
}

interface Cost {
  readonly self: number;
  readonly total: number;
}

/** By `FILE:LINE`, in ticks. */
function costs(sampled: string): Record<string, Cost> {
  const lines = lineTicks(treeOf(sampled), OUTLINES, 0.08);
  return Object.fromEntries(lines.map(({ file, line, self, total }) => [`${file}:${line}`, { self, total }]));
}

describe("the call tree", () => {
  it("stays as it was sampled where nothing was inlined", () => {
    const tree = `
      stage 0
        anonymous main.ts:3
          main.ts:4 1
          gain dsp.ts:1
            dsp.ts:2 10`;
    assertTree(
      tree,
      `
      stage 0
        anonymous main.ts:3
          :4 1
          gain dsp.ts:1
            :2 10`,
    );
  });

  it("has a helper that V8 inlined below the function that calls it", () => {
    assertTree(
      `
      stage 0
        anonymous main.ts:3
          main.ts:4 1
          dsp.ts:2 10`,
      `
      stage 0
        anonymous main.ts:3
          :4 1
          gain dsp.ts:1 *
            :2 10`,
    );
  });

  it("has a chain of inlined functions in the order of their calls, with those that took no time", () => {
    assertTree(
      `
      stage 0
        anonymous main.ts:3
          dsp.ts:5 30
          dsp.ts:11 20
          dsp.ts:8 2`,
      `
      stage 0
        anonymous main.ts:3
          gain dsp.ts:1 *
            scale dsp.ts:4 *
              :5 30
          envelope dsp.ts:7 *
            :8 2
            follow dsp.ts:10 *
              :11 20`,
    );
  });

  it("has the block function below its stage where V8 inlined all of it", () => {
    assertTree(
      `
      stage 0
        main.ts:5 4
        dsp.ts:2 6`,
      `
      stage 0
        anonymous main.ts:3 *
          :5 4
          gain dsp.ts:1 *
            :2 6`,
    );
  });

  it("puts functions between two sampled frames that V8 left out", () => {
    assertTree(
      `
      stage 0
        anonymous main.ts:3
          main.ts:4 1
          scale dsp.ts:4
            dsp.ts:5 9`,
      `
      stage 0
        anonymous main.ts:3
          :4 1
          gain dsp.ts:1 *
            scale dsp.ts:4
              :5 9`,
    );
  });

  it("shows no function below itself while V8 replaced its running code, but real recursion as it is", () => {
    assertTree(
      `
      stage 0
        gain dsp.ts:1
          dsp.ts:2 3
          gain dsp.ts:1
            dsp.ts:2 4`,
      `
      stage 0
        anonymous main.ts:3 *
          gain dsp.ts:1
            :2 7`,
    );
    assertTree(
      `
      stage 1
        anonymous main.ts:8
          depth main.ts:13
            main.ts:15 3
            depth main.ts:13
              main.ts:14 4`,
      `
      stage 1
        anonymous main.ts:8
          depth main.ts:13
            :15 3
            depth main.ts:13
              :14 4`,
    );
  });

  it("takes no function of another file for the caller of one that can't be seen from there", () => {
    const outlines = outlinesOf({
      "plain.ts": `export const plain = () => {
  function add(x) {
    return x * 2;
  }
  return (block) => block.forEach(add);
};
`,
      "quick.ts": `export const quick = () => {
  function add(x) {
    return x * 3;
  }
  return function analyse(block) {
    for (const x of block) add(x);
  };
};
`,
    });
    const sampled = sampledFrames(drawing("stage 0\n  plain.ts:3 10"));
    const tree = ticksTree(sampled, outlines, [{ file: "plain.ts", line: 1 }]);
    assert.equal(drawTickNodes(tree), drawing("stage 0\n  add plain.ts:2 *\n    :3 10"));
  });

  it("keeps a nameless function of one line with the line around it", () => {
    assertTree(
      `
      stage 1
        anonymous main.ts:8
          main.ts:10 5`,
      `
      stage 1
        anonymous main.ts:8
          :10 5`,
    );
  });

  it("knows no lines of packages and of the runtime", () => {
    assertTree(
      `
      stage 0
        ? 2
        anonymous main.ts:3
          fft node_modules/fft/index.js:7
            ? 40
        collector
          ? 3`,
      `
      stage 0
        ? 2
        anonymous main.ts:3
          fft node_modules/fft/index.js:7
            ? 40
        collector
          ? 3`,
    );
  });

  it("is saved with stages, functions and lines, and each stage's own time for a tick", () => {
    const tree = callTreeOf(
      treeOf(`
      stage 0
        anonymous main.ts:3
          gain dsp.ts:1
            dsp.ts:2 10
      stage 1
        ? 3
        anonymous main.ts:8
          main.ts:10 5`),
      [2, 0.5],
      new Map([[2, 7]]),
    );
    assert.deepEqual(tree, {
      kind: [0, 1, 1, 2, 0, 1, 2, 0],
      parent: [-1, 0, 1, 2, -1, 4, 5, -1],
      stage: [0, 0, 0, 0, 1, 1, 1, 2],
      function: [-1, 0, 1, 1, -1, 2, 2, -1],
      line: [0, 0, 0, 2, 0, 0, 10, 0],
      selfMs: [0, 0, 0, 20, 1.5, 0, 2.5, 7],
      functions: [
        { name: "", file: "main.ts", line: 3, kind: "source" },
        { name: "gain", file: "dsp.ts", line: 1, kind: "source" },
        { name: "", file: "main.ts", line: 8, kind: "source" },
      ],
    });
  });
});

describe("the cost of a line", () => {
  it("is its own, and in total what it called, inlined or not", () => {
    const called = costs(`
      stage 0
        anonymous main.ts:3
          main.ts:4 1
          gain dsp.ts:1
            dsp.ts:2 10`);
    const inlined = costs(`
      stage 0
        anonymous main.ts:3
          main.ts:4 1
          dsp.ts:2 10`);
    assert.deepEqual(called, { "main.ts:4": { self: 1, total: 11 }, "dsp.ts:2": { self: 10, total: 10 } });
    assert.deepEqual(inlined, called);
  });

  it("counts recursion once in its total", () => {
    const { "main.ts:15": recursive, "main.ts:9": outer } = costs(`
      stage 1
        anonymous main.ts:8
          depth main.ts:13
            main.ts:15 3
            depth main.ts:13
              main.ts:15 4
              depth main.ts:13
                main.ts:14 5`);
    assert.deepEqual(recursive, { self: 7, total: 12 });
    assert.deepEqual(outer, { self: 0, total: 12 });
  });

  it("holds what it called in packages and in the runtime as its own", () => {
    const { "dsp.ts:11": line, "dsp.ts:8": caller } = costs(`
      stage 0
        envelope dsp.ts:7
          follow dsp.ts:10
            dsp.ts:11 1
            abs
              ? 5
              inner node_modules/abs/index.js:4
                ? 2`);
    assert.deepEqual(line, { self: 8, total: 8 });
    assert.deepEqual(caller, { self: 0, total: 8 });
  });

  describe("that calls WebAssembly", () => {
    const text = `export default { stages: { first: () => (block) => {
  for (const x of block) Math.sin(x);
  block.fill(0);
  prepare(block);
  compiled.analyse(block);
  mix(block);
} } };
function prepare(block) {}
`;
    const linesOf = (sampled: string): string[] => {
      const outlines = outlinesOf({ "main.ts": text });
      const tree = ticksTree(sampledFrames(drawing(sampled)), outlines, [{ file: "main.ts", line: 1 }]);
      return lineTicks(tree, outlines, 0.04).map(
        ({ line, self, uncertain }) => `${line}: ${self} ± ${uncertain}`,
      );
    };

    it("holds it where its name tells the call", () => {
      const lines = linesOf(`
      stage 0
        anonymous main.ts:1
          main.ts:2 50
          wasm:index/mix
            ? 30`);
      assert.deepEqual(lines.sort(), ["2: 50 ± 0", "6: 30 ± 0"]);
    });

    it("holds a nameless function where nothing else can be meant, never the hottest line", () => {
      const lines = linesOf(`
      stage 0
        anonymous main.ts:1
          main.ts:2 50
          wasm:mix
            ? 30
          wasm:function[3]
            ? 20`);
      assert.deepEqual(lines.sort(), ["2: 50 ± 0", "5: 20 ± 0", "6: 30 ± 0"]);
    });

    it("holds its part where several calls may be meant, and says that it may be all or nothing", () => {
      const lines = linesOf(`
      stage 0
        anonymous main.ts:1
          main.ts:2 50
          wasm:function[3]
            ? 20`);
      assert.deepEqual(lines.sort(), ["2: 50 ± 0", "5: 10 ± 10", "6: 10 ± 10"]);
    });
  });

  it("gives what two lines call to the one on which the caller itself spends more", () => {
    const text = "export function turn() {\n  const end = now() + 1;\n  while (now() < end);\n}\n";
    const outlines = outlinesOf({ "main.ts": text });
    const sampled = `
      stage 0
        turn main.ts:1
          main.ts:3 12
          now node_modules/clock/index.js:1
            ? 60`;
    const tree = ticksTree(sampledFrames(drawing(sampled)), outlines, []);
    const self = lineTicks(tree, outlines, 0).map(({ line, self }) => [line, self]);
    assert.deepEqual(self, [[3, 72]]);
  });

  it("leaves the time of a callback that a package calls with the callback", () => {
    const lines = costs(`
      stage 1
        anonymous main.ts:8
          main.ts:9 2
          each node_modules/each/index.js:1
            ? 3
            depth main.ts:13
              main.ts:14 10`);
    assert.deepEqual(lines["main.ts:14"], { self: 10, total: 10 });
    assert.deepEqual(lines["main.ts:9"], { self: 5, total: 15 });
  });

  it("is uncertain for an inlined function and the line that calls it", () => {
    const lines = lineTicks(
      treeOf(`
      stage 0
        anonymous main.ts:3
          main.ts:4 100
          dsp.ts:2 200`),
      OUTLINES,
      0.08,
    );
    const uncertain = lines.map((line) => [line.line, line.uncertain]);
    assert.deepEqual(Object.fromEntries(uncertain), { 4: 16, 2: 16 });
  });

  it("says which functions of packages and Node its time went to, with all that they called", () => {
    const lines = lineTicks(
      treeOf(`
      stage 0
        anonymous main.ts:3
          main.ts:4 10
          hypot
            ? 5
            read
              ? 2
          transform node_modules/fft/index.js:3
            ? 7
            scale dsp.ts:4
              dsp.ts:5 40`),
      OUTLINES,
      0.08,
    );
    const [line] = lines.filter(({ file, line: at }) => file === "main.ts" && at === 4);
    assert.deepEqual(
      [...line!.folded].map(([{ name, kind }, ticks]) => [name, kind, ticks]),
      [
        ["hypot", "runtime", 7],
        ["transform", "package", 7],
      ],
    );
    assert.equal(line?.self, 24);
  });

  it("is told apart by stage", () => {
    const lines = lineTicks(
      treeOf(`
      stage 0
        gain dsp.ts:1
          dsp.ts:2 6
      stage 1
        gain dsp.ts:1
          dsp.ts:2 3`),
      OUTLINES,
      0.08,
    );
    assert.deepEqual(
      lines.filter(({ file }) => file === "dsp.ts").map(({ stage, self }) => [stage, self]),
      [
        [0, 6],
        [1, 3],
      ],
    );
  });
});
