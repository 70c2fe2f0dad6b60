import assert from "node:assert/strict";
import type { Profiler } from "node:inspector";
import { ticksTree } from "../../src/core/callTree/ticksTree.ts";
import { loopTicks } from "../../src/core/callTree/loopTicks.ts";
import { countsOf } from "../../src/engine/figures/lines/counts.ts";
import { countedPlacesOf, type CountedPlaces } from "../../src/engine/modules/counting/countedPlaces.ts";
import { countPointsOf } from "../../src/engine/modules/counting/countPoints.ts";
import { ShiftedOffsets, withInsertions } from "../../src/engine/modules/counting/insertions.ts";
import { outlineOf } from "../../src/engine/modules/outline.ts";
import { SourceTable } from "../../src/engine/modules/sourceTable.ts";
import { plainSource } from "../../src/engine/modules/sourceText.ts";
import { swallowedErrors } from "../../src/engine/run/findings/swallowedErrors.ts";
import type { CountedExcerpt } from "../../src/engine/run/passes/countedPass.ts";
import type { CountedStage, LoadedPipeline } from "../../src/engine/worker/lane/laneProtocol.ts";
import { countsAt, CountTally } from "../../src/engine/worker/measuring/counting/countTally.ts";
import { drawing, outlinesOf, sampledFrames } from "../support/drawTicks.ts";

const placesOf = (text: string): CountedPlaces =>
  countedPlacesOf(plainSource("a.ts", text, "module").program);

/** Ranges as V8 gives them. */
const ranges = (...all: readonly (readonly [number, number, number])[]): Profiler.CoverageRange[] =>
  all.map(([count, startOffset, endOffset]) => ({ count, startOffset, endOffset }));

describe("the count of an offset", () => {
  /** Where each of the words first stands in the text. */
  const countsOfWords = (text: string, found: Profiler.CoverageRange[], words: readonly string[]): number[] =>
    countsAt(
      words.map((word) => {
        assert.ok(text.includes(word), word);
        return text.indexOf(word);
      }),
      found,
    );

  // What V8 13.6 said of these texts, called with 3.
  it("is that of V8's innermost range, or of the function where there is none", () => {
    const text = "(n)=>{ let s=0; for(let i=0;i<n;i++) s+=i; return s; }";
    assert.deepEqual(
      countsOfWords(text, ranges([1, 0, 54], [3, 37, 42]), ["let s", "for", "s+=i", "return"]),
      [1, 1, 3, 1],
    );
  });

  it("is right after a continue, a labelled one, and a return", () => {
    const loops =
      "(n)=>{ let s=0; outer: for(let i=0;i<n;i++) { for(let j=0;j<n;j++) { if(j>i) continue outer; s++; } } return s; }";
    const found = ranges([1, 0, 113], [3, 44, 101], [8, 67, 99], [2, 77, 92], [6, 92, 99], [1, 99, 101]);
    assert.deepEqual(
      countsOfWords(loops, found, ["for(let i", "for(let j", "if(j", "continue", "s++", "return"]),
      [1, 3, 8, 2, 6, 1],
    );
    const returns = "(n)=>{ let s=0; for(let i=0;i<n;i++) { if(i==1) return s; s+=i; } return s; }";
    assert.deepEqual(
      countsOfWords(returns, ranges([1, 0, 77], [2, 37, 65], [1, 48, 65], [0, 65, 76]), [
        "if(",
        "return s; s",
        "s+=",
        "return s; }",
      ]),
      [2, 1, 1, 0],
    );
  });

  it("is right in a function that V8 only came back to: its own count is nothing then", () => {
    const text = "function*g(){ n; for(let i=0;i<3;i++) { yield i; n; } n; }";
    assert.deepEqual(
      countsOfWords(text, ranges([0, 0, 58], [1, 38, 53], [2, 48, 53], [1, 53, 57]), [
        "for",
        "{ yield",
        "n; } n",
      ]),
      [0, 1, 2],
    );
  });
});

describe("the places to count in a text", () => {
  it("are the first statement of each line, also an arrow's expression, but no declaration of a function", () => {
    const text = `const outside = 1;
function run(x: number) {
  let a = x; a += 1;
  if (a) {
    a = 2;
  } else a = 3;
  for (
    let i = 0;
    i < 2; i++
  ) a += 1;
  return [a]
    .map((y) => y * 2)
    .filter((y) => {
      return y > 1;
    });
}
`;
    const { statements } = placesOf(text);
    const plain = plainSource("a.ts", text, "module").text;
    assert.deepEqual(
      statements.map(({ line, offset }) => `${line} ${/^[^;\n)]*/.exec(plain.slice(offset))![0]}`),
      [
        "3 let a = x",
        "4 if (a",
        "5 a = 2",
        "6 a = 3",
        "7 for (",
        "10 a += 1",
        "11 return [a]",
        "12 y * 2",
        "14 return y > 1",
      ],
    );
  });

  it("are every loop with its body, by function, and every catch with whether it throws on", () => {
    const text = `const run = () => {
  for (const x of [1]) while (x) x;
  do {
    try {
      x;
    } catch { x; }
  } while (x);
};
class A {
  async run() {
    for await (const x of []) {}
    try {} catch (error) { if (error) log(error); throw error; }
    await this.run().catch(() => {}).then(x, function () { throw 1; });
  }
}
`;
    const { loops, catches } = placesOf(text);
    assert.deepEqual(
      loops.map(({ line, endLine, body, end, function: at }) => [
        line,
        endLine,
        text.slice(body, end).slice(0, 8),
        at,
      ]),
      [
        [2, 2, "while (x", 0],
        [2, 2, "x;", 0],
        [3, 7, "{\n    tr", 0],
        [11, 11, "{}", 1],
      ],
    );
    assert.deepEqual(
      catches.map(({ line, throwsOn, function: at }) => [line, throwsOn, at]),
      [
        [6, false, 0],
        [12, true, 1],
        [13, false, 2],
        [13, true, 3],
      ],
    );
  });

  it("hold a function as V8 tells it: a method from its words on", () => {
    const text =
      "class A { static async run() {} get x() { return 1; } }\nconst o = { a: (x) => (y) => 1 };\n";
    assert.deepEqual(
      placesOf(text).functions.map(({ from, start, end }) => [text.slice(from, end), text.slice(start, end)]),
      [
        ["static async run() {}", "() {}"],
        ["get x() { return 1; }", "() { return 1; }"],
        ["a: (x) => (y) => 1", "(x) => (y) => 1"],
        ["(y) => 1", "(y) => 1"],
      ],
    );
  });
});

/** Every kind of body that a function may have. */
const BODIES = `export const a = (x) => x / 2;
const b = (x) => ({ x });
const c = (x) => (y) => [x, y].map((z) => z);
const d = (x) => (x++, x);
const e = (x) => x = 3;
const f = async (x) => await x;
function g() { "use strict" }
function h() { return 1 }
function i() { return h() // note
}
class J { constructor() {} get k() { return 1 } static l() { do a(1); while (b(2)) } #m = () => 1; }
class N extends J { constructor() { super() } }
function* o() { yield* [1] }
const p = function () { /* nothing */ };
const q = { r() { if (a) b(); else c() }, s: () => {} };
const t = (x) => \`\${x}\`, u = (x) => x ? 1 : 2, v = (x) => x in q;
`;

describe("branches for counting", () => {
  const { program } = plainSource("a.mjs", BODIES, "module");
  const { insertions } = countedPlacesOf(program);
  const counted = withInsertions(BODIES, insertions);

  it("leave every function what it is, on its line", async () => {
    const before = outlineOf(program);
    assert.deepEqual(outlineOf(plainSource("a.mjs", counted, "module").program), before);
    assert.equal(insertions.length, before.functions.length);
    const { a } = (await import(`data:text/javascript,${encodeURIComponent(counted)}`)) as {
      a: (x: number) => number;
    };
    assert.equal(a(8), 4);
  });

  it("move every place along with its text", () => {
    const places = countedPlacesOf(program);
    const shifted = new ShiftedOffsets(insertions, 0);
    const after = countedPlacesOf(plainSource("a.mjs", counted, "module").program);
    for (const [index, { start, end }] of places.functions.entries()) {
      assert.equal(shifted.ofStart(start), after.functions[index]?.start);
      assert.equal(shifted.ofEnd(end), after.functions[index]?.end);
    }
    for (const { line, offset } of places.statements) {
      const word = (text: string, from: number): string => /^\W*\w*/.exec(text.slice(from))![0].slice(0, 3);
      assert.equal(word(counted, shifted.ofStart(offset)), word(BODIES, offset), `line ${line}`);
    }
  });
});

/** A source as the engine knows it. */
function loaded(files: Readonly<Record<string, string>>): SourceTable {
  const table = new SourceTable();
  for (const [path, text] of Object.entries(files)) {
    const { program } = plainSource(path, text, "module");
    table.add(path, text, { outline: outlineOf(program), countedPlaces: countedPlacesOf(program) });
  }
  return table;
}

const HELPER = `export const curried = (x) => (y) => x + y;
export function turn(count) {
  while (count-- > 0) {
    curried(1)(2);
  }
}
`;
const SHIFT = 100_000;
const PATH = "/w/helper.mjs";
const { files: FILES, points: POINTS } = countPointsOf(loaded({ [PATH]: HELPER }).sources);

/** What V8 says of `turn`, `curried` or what that returns: offsets are found in the text that it loaded. */
function ran(name: "turn" | "outer" | "inner", calls: number, inLoop = 0): Profiler.FunctionCoverage {
  const text = "\n".repeat(SHIFT) + withInsertions(HELPER, placesOf(HELPER).insertions);
  const [from, to] = {
    outer: ["(x) =>", "x + y"],
    inner: ["(y) =>", "x + y"],
    turn: ["function turn", "\n;0?0:0}"],
  }[name] as [string, string];
  const range: [number, number] = [text.indexOf(from), text.indexOf(to) + to.length];
  const body: [number, number] = [text.indexOf("{\n    curried"), text.indexOf("  }\n;") + 3];
  assert.ok(range[0] > 0 && range[1] > range[0] && body[0] > 0 && body[1] > body[0]);
  const found = ranges([calls, ...range], ...(name === "turn" ? [[inLoop, ...body] as const] : []));
  return { functionName: "", ranges: found, isBlockCoverage: true };
}

const script = (url: string, ...functions: Profiler.FunctionCoverage[]): Profiler.ScriptCoverage => ({
  scriptId: "1",
  url,
  functions,
});
const URL = "file:///w/helper.mjs";

/** By kind and line of a point. */
function timesOf({ times }: CountedStage): Record<string, number> {
  return Object.fromEntries(
    POINTS.flatMap((point, index) => {
      const at = point.kind === "function" ? point.function : point.place.line;
      return (times[index] ?? 0) > 0 ? [[`${point.kind} ${at}`, times[index] ?? 0]] : [];
    }),
  );
}

describe("the tally of counts", () => {
  it("adds up what each stage's calls ran, and tells functions that end together apart", () => {
    const tally = new CountTally(FILES);
    tally.add(0, [script(URL, ran("turn", 1, 3), ran("outer", 3), ran("inner", 2))], false);
    tally.add(0, [script(`${URL}?copy=1`, ran("turn", 1, 4)), script("node:fs", ran("turn", 9, 9))], true);
    tally.add(1, [script(URL, ran("inner", 5))], false);
    const [first, second, ...others] = tally.take();
    assert.deepEqual(others, []);
    assert.deepEqual(timesOf(first!), {
      "function 0": 3,
      "function 1": 2,
      "statement 1": 3,
      "function 2": 2,
      "statement 3": 2,
      "statement 4": 7,
      "loop 3": 2,
      "body 3": 7,
    });
    assert.deepEqual(timesOf(second!), { "function 1": 5 });
    assert.deepEqual([first?.laterCalls, second?.laterCalls], [1, 0]);
    const body = POINTS.findIndex(({ kind }) => kind === "body");
    assert.equal(first?.inLaterCalls[body], 1);
  });
});

const pipelineOf = (...names: string[]): LoadedPipeline =>
  ({ stages: names.map((name) => ({ name })) }) as unknown as LoadedPipeline;

describe("a swallowed error", () => {
  const text = "const run = () => {\n  try {\n    a();\n  } catch {}\n};\n";
  const { points } = countPointsOf(loaded({ "/w/eq.mjs": text }).sources);
  const at = points.findIndex(({ kind }) => kind === "catch");

  const found = (laterCalls: number, caughtIn: number): string[] => {
    const inLaterCalls = new Float64Array(points.length);
    inLaterCalls[at] = caughtIn;
    const stage = { stage: 0, laterCalls, times: new Float64Array(points.length), inLaterCalls };
    const excerpt: CountedExcerpt = {
      frames: 0,
      wallMs: 0,
      startSeconds: 0,
      began: 0,
      stages: [stage],
      points,
      again: [],
      io: null,
    };
    return swallowedErrors(
      { found: excerpt, problem: null, pass: null },
      pipelineOf("eq"),
      (path) => path,
    ).map(
      (finding) =>
        `${finding.where?.file ?? ""}:${finding.where?.line ?? 0} ${finding.text.split(" and ")[0]!}`,
    );
  };

  it("is one that nearly every block but the first catches", () => {
    assert.deepEqual(found(120, 120), [
      '/w/eq.mjs:4 Stage "eq" catches an error in 120 of the 120 blocks that were counted',
    ]);
    assert.deepEqual(found(100, 90), [
      '/w/eq.mjs:4 Stage "eq" catches an error in 90 of the 100 blocks that were counted',
    ]);
    assert.deepEqual(found(100, 89), []);
    assert.deepEqual(found(2, 2), [], "Of so few blocks nobody can say.");
    assert.deepEqual(found(3, 3).length, 1);
  });
});

describe("the time of an iteration", () => {
  const file = "main.mjs";
  const text = `export function run(count) {
  for (let i = 0; i < count; i++) {
    one(i);
    for (let j = 0; j < 4; j++) i += 0;
  }
  for (;;) two(1); for (;;) two(2);
}
function one(x) {
  if (x) run(x - 1);
}
`;
  const outlines = outlinesOf({ [file]: text });
  const roots = ticksTree(
    sampledFrames(
      drawing(`
        stage 0
          run main.mjs:1
            main.mjs:2 10
            main.mjs:4 40
            main.mjs:6 100
            one main.mjs:8
              main.mjs:9 5
              run main.mjs:1
                main.mjs:2 20
                main.mjs:4 20
            spin node_modules/spin/index.js:1
              ? 3
      `),
    ),
    outlines,
    [],
  );

  it("holds all that a loop calls, recursion once", () => {
    const loop = (line: number, endLine: number) => ({ file, function: 0, line, endLine });
    const [outer, inner, late] = [loop(2, 5), loop(4, 4), loop(6, 6)];
    const ticks = loopTicks(roots, outlines, [outer, inner, late]);
    // `spin` is called on the line where its caller spends most: the last one.
    assert.deepEqual([...ticks.get(outer)!], [[0, 10 + 40 + 5 + 20 + 20]]);
    assert.deepEqual([...ticks.get(inner)!], [[0, 40 + 20]]);
    assert.deepEqual([...ticks.get(late)!], [[0, 100 + 3]]);
  });

  it("is that of the whole run over the iterations of the excerpt, and unknown of loops that share a line", () => {
    const { points } = countPointsOf(loaded({ [`/w/${file}`]: text }).sources);
    const times = Float64Array.from(points, () => 5);
    const excerpt: CountedExcerpt = {
      frames: 1000,
      wallMs: 0,
      startSeconds: 2,
      began: 0,
      stages: [{ stage: 0, laterCalls: 0, times, inLaterCalls: times }],
      points,
      again: [],
      io: null,
    };
    const nsOf = (scope: "stream" | "file", selfMs: number): (number | null)[] =>
      countsOf(excerpt, {
        roots,
        outlines,
        stages: [{ name: "a", scope, selfMs, ticks: 198 }],
        lines: [],
        measuredFrames: 4000,
        pathInRun: (path) => path.replace("/w/", ""),
      }).loops.map(({ nsPerIteration }) => nsPerIteration && Math.round(nsPerIteration));
    // 95 and 60 of 198 ticks of 198 ms over four times five iterations.
    assert.deepEqual(nsOf("stream", 198), [95e6 / 20, 60e6 / 20, null, null]);
    assert.deepEqual(nsOf("file", 198), [95e6 / 5, 60e6 / 5, null, null]);
  });
});
