import assert from "node:assert/strict";
import { hotLines } from "../../../src/core/lines/hotLines.ts";
import { LEVEL_PROFILE, linesOf, opened, treeOf, v8Nodes } from "../../support/exchange/foreignProfiles.ts";

const file = (name: string): string => `file:///work/app/${name}`;

describe("a CPU profile that is opened", () => {
  const run = opened(LEVEL_PROFILE, "take.cpuprofile");

  it("becomes one thread, whose time is what was at work and not the waiting", () => {
    // Four samples of 10 ms in functions, one of 5 ms in the collector, two idle ones.
    assert.deepEqual(treeOf(run), [
      "All stacks",
      "  main src/main.ts:3",
      "    process src/level.ts:10",
      "      rms node_modules/rms/index.js:1",
      "        :3 10",
      "      :12 20",
      "      :13 10",
      "  (garbage collector) 5",
    ]);
    assert.equal(run.totals.stagesMs, 45);
    assert.equal(run.totals.wallMs, 65);
    assert.equal(run.stages[0]!.ticks, 5);
  });

  it("has its lines from the line ticks, with their error, and what functions call at the line where they begin", () => {
    assert.deepEqual(linesOf(run), [
      "src/level.ts:12 All stacks 20 20",
      "src/level.ts:13 All stacks 10 10",
      "node_modules/rms/index.js:3 All stacks 10 10",
      "src/main.ts:3 All stacks 0 40",
      "src/level.ts:10 All stacks 0 40",
      "node_modules/rms/index.js:1 All stacks 0 10",
    ]);
    // Two of five samples: 1.96 · √(0.444 · 0.556 / 5).
    assert.ok(Math.abs(run.lines[0]!.error - 0.4355) < 0.001);
    assert.deepEqual(
      hotLines(run).map(({ line }) => line),
      [12],
    );
  });

  it("says what isn't known instead of guessing", () => {
    assert.equal(run.machine.cpu, "unknown");
    assert.equal(run.totals.deadline, null);
    assert.deepEqual(run.imported, {
      format: "cpuprofile",
      file: "take.cpuprofile",
      tool: null,
      unit: "time",
    });
    assert.equal(run.audio.path, "take.cpuprofile");
  });

  it("takes the lines of functions where it has no ticks of lines", () => {
    const nodes = v8Nodes([
      { name: "(root)", children: [2] },
      { name: "work", url: file("a.js"), line: 4, children: [3] },
      { name: "work", url: file("a.js"), line: 4 },
    ]);
    const recursive = opened({
      nodes,
      startTime: 0,
      endTime: 3000,
      samples: [2, 3, 3],
      timeDeltas: [0, 1000, 1000],
    });
    assert.deepEqual(linesOf(recursive), ["a.js:5 All stacks 3 3"]);
  });

  it("counts a line once at which its function begins, too", () => {
    const nodes = v8Nodes([
      { name: "(root)", children: [2] },
      { name: "work", url: file("a.js"), line: 4, ticks: { 5: 2, 6: 1 } },
    ]);
    const run = opened({
      nodes,
      startTime: 0,
      endTime: 3000,
      samples: [2, 2, 2],
      timeDeltas: [0, 1000, 1000],
    });
    assert.deepEqual(linesOf(run), ["a.js:5 All stacks 2 3", "a.js:6 All stacks 1 1"]);
  });

  it("puts samples that came late where they belong", () => {
    const nodes = v8Nodes([
      { name: "(root)", children: [2, 3] },
      { name: "early", url: file("a.js"), line: 0 },
      { name: "late", url: file("a.js"), line: 9 },
    ]);
    // At 0, 30 and 10 ms: 20 ms pass between the two of "early".
    const run = opened({
      nodes,
      startTime: 0,
      endTime: 40_000,
      samples: [2, 3, 2],
      timeDeltas: [0, 30_000, -20_000],
    });
    assert.deepEqual(linesOf(run), ["a.js:1 All stacks 30 30", "a.js:10 All stacks 10 10"]);
  });

  it("may be as old Chrome wrote it, or have hits alone", () => {
    const head = {
      id: 1,
      functionName: "(root)",
      url: "",
      lineNumber: 0,
      hitCount: 0,
      children: [
        { id: 2, functionName: "work", url: file("a.js"), lineNumber: 5, hitCount: 3, children: [] },
        { id: 3, functionName: "rest", url: file("a.js"), lineNumber: 9, hitCount: 1, children: [] },
      ],
    };
    const old = opened({ head, startTime: 10, endTime: 10.04, samples: [2, 2, 2, 3] });
    assert.deepEqual(linesOf(old), ["a.js:5 All stacks 3 3", "a.js:9 All stacks 1 1"]);
    assert.equal(old.imported!.unit, "samples");
    const stamped = opened({
      head,
      startTime: 10,
      endTime: 10.04,
      samples: [2, 3],
      timestamps: [10_000_000, 10_030_000],
    });
    assert.deepEqual(linesOf(stamped), ["a.js:5 All stacks 30 30", "a.js:9 All stacks 10 10"]);
    const hits = opened({
      nodes: v8Nodes([
        { name: "w", url: file("a.js"), line: 4, hits: 3 },
        { name: "x", hits: 1 },
      ]),
      startTime: 0,
      endTime: 40_000,
    });
    assert.deepEqual(linesOf(hits), ["a.js:5 All stacks 30 30"]);
    assert.equal(hits.totals.stagesMs, 40);
  });

  it("leads to the sources that an editor's debugger has noted", () => {
    const location = (path: string, line: number): object => ({
      locations: [{ lineNumber: line, columnNumber: 1, source: { path, sourceReference: 0 } }],
    });
    const nodes = v8Nodes([
      { name: "(root)", children: [2] },
      { name: "level", url: file("dist/bundle.js"), line: 700, ticks: { 702: 1, 900: 1 }, hits: 2 },
    ]).map((node, index) => (index === 1 ? { ...node, locationId: 0 } : node)) as {
      positionTicks?: object[];
    }[];
    nodes[1]!.positionTicks = [
      { line: 702, ticks: 1, startLocationId: 1 },
      { line: 900, ticks: 1, startLocationId: 2 },
    ];
    const run = opened({
      nodes,
      startTime: 0,
      endTime: 20_000,
      samples: [2, 2],
      timeDeltas: [0, 10_000],
      $vscode: {
        rootPath: "/work/app",
        locations: [
          location("/work/app/src/level.ts", 8),
          location("/work/app/src/level.ts", 11),
          location("/work/app/src/other.ts", 2),
        ],
      },
    });
    // The tick that was mapped into another file stays with the function.
    assert.deepEqual(linesOf(run), ["src/level.ts:8 All stacks 10 20", "src/level.ts:11 All stacks 10 10"]);
  });

  it("tells how many samples name no node", () => {
    const nodes = v8Nodes([
      { name: "(root)", children: [2] },
      { name: "w", url: file("a.js"), line: 0 },
    ]);
    const run = opened({
      nodes,
      startTime: 0,
      endTime: 3000,
      samples: [2, 77, 2],
      timeDeltas: [0, 1000, 1000],
    });
    assert.deepEqual(
      run.findings.map(({ kind, text }) => [kind, text]),
      [["imported-in-part", "One sample names no node and was left out."]],
    );
    assert.equal(run.totals.stagesMs, 2);
  });
});

describe("the files of a profile", () => {
  const fileOf = (url: string, workspace: string | null = "/work/app"): string => {
    const nodes = v8Nodes([
      { name: "(root)", children: [2] },
      { name: "f", url, line: 0 },
    ]);
    const run = opened({ nodes, startTime: 0, endTime: 1000, samples: [2], timeDeltas: [0] }, "p", workspace);
    const func = run.callTree.functions[0]!;
    return `${func.kind} ${func.file}`.trim();
  };

  it("are relative in the workspace and absolute outside of it, of whatever system", () => {
    assert.equal(fileOf("file:///work/app/src/a%20b.ts"), "source src/a b.ts");
    assert.equal(fileOf("/work/app/src/../lib/a.js"), "source lib/a.js");
    assert.equal(fileOf("file:///work/application/a.ts"), "source /work/application/a.ts");
    assert.equal(fileOf("./src/a.py"), "source src/a.py");
    assert.equal(fileOf("../other/a.py"), "source /work/other/a.py");
    assert.equal(fileOf("file:///C:/App/src/a.ts", "c:\\app"), "source src/a.ts");
    assert.equal(fileOf("D:\\take\\a.ts", "C:\\app"), "source D:/take/a.ts");
    assert.equal(fileOf("src\\a.py", "C:\\app"), "source src/a.py");
    assert.equal(fileOf("file://server/share/a.ts", "C:\\app"), "source //server/share/a.ts");
    assert.equal(fileOf("file:///work/app/100%.ts"), "source 100%.ts");
    assert.equal(fileOf("src/a.ts", null), "source src/a.ts");
  });

  it("are those that a bundler took, not what it made", () => {
    assert.equal(fileOf("webpack://app/./src/a.ts?1a2b"), "source src/a.ts");
    assert.equal(fileOf("webpack:///src/a.ts"), "source src/a.ts");
    assert.equal(
      fileOf("webpack-internal:///./node_modules/fft.js/lib/fft.js"),
      "package node_modules/fft.js/lib/fft.js",
    );
    assert.equal(fileOf("webpack://app/webpack/bootstrap"), "runtime");
  });

  it("are none where nobody could open them", () => {
    for (const url of [
      "",
      "node:internal/fs",
      "native array.js",
      "evalmachine.<anonymous>",
      "<frozen importlib._bootstrap>",
    ])
      assert.equal(fileOf(url), "runtime", url);
    assert.equal(fileOf("wasm://wasm/00c2a8fe"), "wasm");
    assert.equal(fileOf("https://example.org/app.js?v=3"), "source https://example.org/app.js");
    assert.equal(
      fileOf("/usr/lib/python3/site-packages/numpy/fft.py"),
      "package /usr/lib/python3/site-packages/numpy/fft.py",
    );
  });
});
