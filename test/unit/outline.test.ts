import assert from "node:assert/strict";
import { functionAt, type FileOutline } from "../../src/core/lines/outline.ts";
import { outlineOf } from "../../src/engine/modules/outline.ts";
import { plainSource } from "../../src/engine/modules/sourceText.ts";

const outline = (text: string): FileOutline => outlineOf(plainSource("a.ts", text, "module").program);

const nameOf = (one: { readonly name: string } | undefined): string =>
  one?.name === "" ? "anonymous" : (one?.name ?? "");

/** `NAME FROM–TO < PARENT` for each function. */
const functions = (text: string): string[] => {
  const found = outline(text).functions;
  return found.map((one) => {
    const around = one.parent < 0 ? "" : ` < ${nameOf(found[one.parent])}`;
    return `${nameOf(one)} ${one.line}–${one.endLine}${around}`;
  });
};

describe("the outline of a text", () => {
  it("knows a stage by any name", () => {
    const { stages } = outline("export default { stages: {\nconstructor: 1,\ntoString: 2,\n} };");
    assert.deepEqual(Object.entries(stages), [
      ["constructor", 2],
      ["toString", 3],
    ]);
  });

  it("has every function with its name, its lines and the function around it", () => {
    assert.deepEqual(
      functions(`interface Taps { readonly count: number }
export function outer(taps: Taps) {
  const inner = (x: number) => {
    return x;
  };
  return inner;
}
const object = {
  method() {},
  arrow: async () => {},
  "with spaces": function () {},
};
class Filter {
  #state = 0;
  constructor() {}
  process(x: number): number { return x + this.#state; }
  get state() { return this.#state; }
}
object.arrow = () => Promise.resolve();
[1].map((x) => x);
export default () => {};
`),
      [
        "outer 2–7",
        "inner 3–5 < outer",
        "method 9–9",
        "arrow 10–10",
        "with spaces 11–11",
        "constructor 15–15",
        "process 16–16",
        "state 17–17",
        "arrow 19–19",
        "anonymous 20–20",
        "anonymous 21–21",
      ],
    );
  });

  it("has calls by name, with the line of the name and the function that calls", () => {
    const { functions: found, calls } = outline(`import { gain as louder } from "./gain";
const run = (filter: Filter) => {
  louder(
    1,
  );
  filter
    .process(2)
    .done();
  new Reverb();
  filter?.reset?.();
};
run(null!);
`);
    assert.deepEqual(
      calls
        .map(({ name, line, function: at }) => `${name} ${line} in ${found[at]?.name ?? "the file"}`)
        .sort(),
      [
        "Reverb 9 in run",
        "done 8 in run",
        "louder 3 in run",
        "process 7 in run",
        "reset 10 in run",
        "run 12 in the file",
      ],
    );
  });

  it("knows on which lines the stages of a pipeline stand", () => {
    const inline = outline(
      `export default definePipeline({\n  stages: {\n    first: () => () => {},\n    "second one": {\n      create: make,\n    },\n    third,\n  },\n});\n`,
    );
    assert.deepEqual(inline.stages, { first: 3, "second one": 4, third: 7 });
    const apart = outline(
      `const stages = {\n  first: () => () => {},\n};\nexport default { name: "A", stages };\n`,
    );
    assert.deepEqual(apart.stages, { first: 2 });
  });

  it("finds the innermost function of a line, but no nameless one-liner inside another", () => {
    const found = outline(`const outer = () => {
  const inner = () => {
    return 1;
  };
  return [1].map((x) => x * inner());
};
const other = 1;
`);
    const at = (line: number): string => found.functions[functionAt(found, line)]?.name ?? "none";
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(at), [
      "outer",
      "inner",
      "inner",
      "inner",
      "outer",
      "outer",
      "none",
    ]);
  });
});

describe("a source text without its types", () => {
  it("has every line where its author wrote it", () => {
    const text = `import type { A } from "a";
import { type B, run } from "b";
interface C {
  x: number;
}

enum Mode {
  One,
}
export const f = <T extends C>(
  x: T,
  y?: B | A,
): number => {
  return run(x as unknown as number, y!) satisfies number; // MARK
};
`;
    const plain = plainSource("a.ts", text, "module").text;
    const lines = plain.split("\n");
    assert.equal(lines.length, text.split("\n").length);
    assert.ok(lines[13]?.includes("// MARK") && lines[13].includes("run("));
    assert.ok(!plain.includes("interface"));
    assert.ok(lines[6]?.includes("Mode"));
  });

  it("is an ES module or CommonJS as its name, its package or its text says", () => {
    const format = (path: string, text: string, type?: string): string =>
      plainSource(path, text, type).format;
    assert.equal(format("a.mjs", ""), "module");
    assert.equal(format("a.cts", "exports.a = 1;", "module"), "commonjs");
    assert.equal(format("a.js", "const a = 1;", "module"), "module");
    assert.equal(format("a.js", "exports.a = 1;"), "commonjs");
    assert.equal(format("a.ts", "export const a: number = 1;"), "module");
    assert.equal(format("a.js", "if (module) return;"), "commonjs");
  });

  it("is refused with the line where it can't be read", () => {
    assert.throws(() => plainSource("a.ts", "const a = 1;\nconst b: = 2;\n", "module"), { line: 2 });
    assert.throws(() => plainSource("a.js", "\n\nconst = 2;\n", undefined), { line: 3 });
    assert.throws(() => plainSource("a.js", "return 1;\n", "module"), { line: 1 });
  });
});
