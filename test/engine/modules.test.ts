import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, lineOf, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const RECORDING = { "recording.wav": wavFile({ frames: 8000 }) };

/** A function that takes most of a stage's time on one marked line, below lines that only hold types. */
const hot = (name: string, typed: boolean, exported = "export "): string => `// A helper
${typed ? "export interface Options {\n  readonly turns: number;\n}\n" : "\n\n\n"}
${exported}function ${name}(samples${typed ? ": Float32Array, options?: Options" : ""})${typed ? ": number" : ""} {
  let sum = ${typed ? "(options?.turns ?? 0) as number" : "0"};
  for (let turn = 0; turn < 200; turn++) for (let i = 0; i < samples.length; i++) sum += Math.sqrt(i + turn); // HOT
  return sum;
}
`;

const callsHelper = (importLine: string, name = "hot"): string => `${importLine}
export default { name: "Helped", blockFrames: 1000, stages: {
  stage: ({ emit }) => (block) => { emit("sum", ${name}(block.channels[0])); },
} };
`;

/** The sum of 200 × 1000 square roots, as every variant has to give it. */
function expectedSum(): number {
  let sum = 0;
  for (let turn = 0; turn < 200; turn++) for (let i = 0; i < 1000; i++) sum += Math.sqrt(i + turn);
  return sum;
}

describe("a pipeline over several files", () => {
  const workspace = profiledWorkspace();

  /** The helper works, and its loop costs more than all other lines, under the name of its file. */
  async function hottestIs(file: string, files: Files, blocks = 8): Promise<Run> {
    const run = await workspace.profile({ ...files, ...RECORDING }, { samplingBudgetMs: 100 });
    assert.deepEqual(emitted(run, "sum"), Array<number>(blocks).fill(expectedSum()));
    const [line] = run.lines;
    assert.deepEqual(
      { file: line?.file, line: line?.line },
      { file, line: lineOf(String(files[file]), "HOT") },
    );
    assert.ok((line?.share ?? 0) > 0.5, `${line?.share} of all time`);
    assert.ok(run.pipeline.files.some((loaded) => loaded.file === file));
    return run;
  }

  const typed = hot("hot", true);
  const plain = hot("hot", false);

  for (const [what, specifier, file] of [
    ["a .ts file by its own name", "./lib/helper.ts", "lib/helper.ts"],
    ["a .ts file that is imported as .js", "./lib/helper.js", "lib/helper.ts"],
    ["a file without an extension", "./lib/helper", "lib/helper.ts"],
    ["a folder's index", "./lib", "lib/index.ts"],
    ["an .mts file that is imported as .mjs", "./helper.mjs", "helper.mts"],
    ["a name with spaces and letters of other languages", "./Hüll kurve/音声 1", "Hüll kurve/音声 1.ts"],
  ] as const) {
    it(`finds ${what}`, async () => {
      const run = await hottestIs(file, {
        "main.pipeline.ts": callsHelper(`import { hot, type Options } from "${specifier}";`),
        [file]: typed,
      });
      assert.deepEqual(
        run.pipeline.files.map((loaded) => loaded.file),
        ["main.pipeline.ts", file],
      );
    });
  }

  it("finds a .cts file that is imported as .cjs", () =>
    hottestIs("helper.cts", {
      "main.pipeline.mts": callsHelper(`import { hot } from "./helper.cjs";`),
      "helper.cts": `${hot("hot", true, "")}exports.hot = hot;\n`.replace("export interface", "interface"),
    }));

  it("finds what tsconfig paths name, with comments in the tsconfig", () =>
    hottestIs("src/dsp/helper.ts", {
      "tsconfig.json": `{\n  // The sources\n  "compilerOptions": { "paths": { "@dsp/*": ["./src/dsp/*"] }, },\n}\n`,
      "main.pipeline.ts": callsHelper(`import { hot } from "@dsp/helper";`),
      "src/dsp/helper.ts": typed,
    }));

  it("drops imports of nothing but types, also of packages that aren't installed", () =>
    hottestIs("helper.ts", {
      "main.pipeline.ts": callsHelper(
        `import { Shape } from "./shapes";\nimport { Gone } from "not-installed";\nimport type { Other } from "not-there";\nimport { hot } from "./helper";\nconst shape: Shape | Gone | Other | undefined = undefined;`,
      ),
      "shapes.ts": "export interface Shape { width: number }\n",
      "helper.ts": typed,
    }));

  it("takes enums, parameter properties, namespaces' types, satisfies and decorators of types off in place", () =>
    hottestIs("main.pipeline.ts", {
      "main.pipeline.ts": `enum Mode {
  Fast = 1,
  Exact,
}
abstract class Base<T> { abstract run(input: T): number; }
class Filter extends Base<Float32Array> {
  constructor(
    private readonly mode: Mode,
    public turns = 200,
  ) {
    super();
  }
  override run(samples: Float32Array): number {
    let sum = this.mode === Mode.Exact ? 0 : NaN;
    for (let turn = 0; turn < this.turns; turn++) for (let i = 0; i < samples.length; i++) sum += Math.sqrt(i + turn); // HOT
    return sum!;
  }
}
export default { name: "Enums", blockFrames: 1000, stages: {
  stage: ({ emit }: { emit: (name: string, value: number) => void }) => {
    const filter = new Filter(Mode.Exact) satisfies Base<Float32Array>;
    return (block: { channels: Float32Array[] }) => emit("sum", filter.run(block.channels[0]!));
  },
} } as const;
`,
    }));

  it("reads JSON with and without an attribute", () =>
    hottestIs("helper.ts", {
      "main.pipeline.ts": callsHelper(
        `import settings from "./settings.json";\nimport again from "./settings.json" with { type: "json" };\nimport { hot } from "./helper";\nif (settings.taps[1] !== 2 || again.taps.length !== 2) throw new Error("JSON");`,
      ),
      "settings.json": `{ "taps": [1, 2] }`,
      "helper.ts": typed,
    }));

  it("imports CommonJS files, which require others", () =>
    hottestIs("lib/inner.cjs", {
      "main.pipeline.mjs": callsHelper(`import helper from "./lib/outer.cjs";\nconst { hot } = helper;`),
      "lib/outer.cjs": `module.exports = { hot: require("./inner.cjs").hot };\n`,
      "lib/inner.cjs": `${hot("hot", false, "")}module.exports = { hot };\n`,
    }));

  it("may be CommonJS itself", () =>
    hottestIs("main.pipeline.js", {
      "package.json": "{}",
      "main.pipeline.js": `const { definePipeline } = require("waveflame");
${hot("hot", false, "")}
module.exports = definePipeline({ name: "Required", blockFrames: 1000, stages: {
  stage: ({ emit }) => (block) => emit("sum", hot(block.channels[0])),
} });
`,
    }));

  it("may only export process(block, context)", async () => {
    const run = await hottestIs(
      "bare.pipeline.ts",
      {
        "bare.pipeline.ts": `${typed}
export function process(block: { channels: Float32Array[] }, context: { emit: (name: string, value: number) => void; sampleRate: number }): void {
  context.emit("sum", hot(block.channels[0]!.subarray(0, 1000)));
  context.emit("rate", context.sampleRate);
}
`,
      },
      2,
    );
    assert.deepEqual(
      run.stages.map(({ name }) => name),
      ["process"],
    );
    assert.equal(run.pipeline.name, "bare");
    assert.deepEqual(new Set(emitted(run, "rate")), new Set([8000]));
  });

  it("may have a name with spaces and letters of other languages", () =>
    hottestIs("Mein Ordner/größe 100%.pipeline.ts", {
      "Mein Ordner/größe 100%.pipeline.ts": `${typed}${callsHelper("")}`,
    }));

  it("may end its lines as Windows does", () =>
    hottestIs("main.pipeline.ts", {
      "main.pipeline.ts": `\uFEFF${typed}${callsHelper("")}`.replaceAll("\n", "\r\n"),
    }));

  it("finds a package of the workspace through a link, and calls it a source", async () => {
    mkdirSync(join(workspace.path, "packages/dsp"), { recursive: true });
    mkdirSync(join(workspace.path, "node_modules/@studio"), { recursive: true });
    symlinkSync(
      join(workspace.path, "packages/dsp"),
      join(workspace.path, "node_modules/@studio/dsp"),
      process.platform === "win32" ? "junction" : "dir",
    );
    await hottestIs("packages/dsp/src/hot.ts", {
      "packages/dsp/package.json": `{ "name": "@studio/dsp", "type": "module", "exports": "./src/index.ts" }`,
      "packages/dsp/src/index.ts": `export { hot } from "./hot.js";\nexport type { Options } from "./hot.js";\n`,
      "packages/dsp/src/hot.ts": typed,
      "main.pipeline.ts": callsHelper(`import { hot, type Options } from "@studio/dsp";`),
    });
  });

  it("charges what a package takes to the line that calls it", async () => {
    for (const [kind, files] of Object.entries<Files>({
      "an ES module": {
        "node_modules/dsp/package.json": `{ "name": "dsp", "type": "module", "exports": "./index.js" }`,
        "node_modules/dsp/index.js": plain,
      },
      CommonJS: {
        "node_modules/dsp/package.json": `{ "name": "dsp", "main": "lib/main" }`,
        "node_modules/dsp/lib/main.js": `module.exports = { hot: require("./hot").hot };`,
        "node_modules/dsp/lib/hot.js": `${hot("hot", false, "")}exports.hot = hot;\n`,
      },
      TypeScript: {
        "node_modules/dsp/package.json": `{ "name": "dsp", "type": "module", "exports": "./index.ts" }`,
        "node_modules/dsp/index.ts": typed,
      },
    })) {
      const main = callsHelper(`import { hot } from "dsp";`).replace("};\n} };", "}; // CALL\n} };");
      const text = main.replace("stage: (", "// CALL is below\n  stage: (");
      const run = await workspace.profile(
        { "main.pipeline.ts": text, ...files, ...RECORDING },
        { samplingBudgetMs: 100 },
      );
      assert.deepEqual(emitted(run, "sum"), Array<number>(8).fill(expectedSum()), kind);
      const [line] = run.lines;
      assert.deepEqual(
        [line?.file, line?.line],
        ["main.pipeline.ts", lineOf(text, "CALL is below") + 1],
        kind,
      );
      assert.deepEqual(
        run.pipeline.files.map(({ file }) => file),
        ["main.pipeline.ts"],
        kind,
      );
      assert.ok(
        run.callTree.functions.some(({ name, kind: is }) => name === "hot" && is === "package"),
        kind,
      );
    }
  });

  it("loads WebAssembly by import and by hand", async () => {
    const run = await workspace.profile({
      "main.pipeline.ts": `
import { readFileSync } from "node:fs";
import { add } from "./add.wasm";
const { instance } = await WebAssembly.instantiate(readFileSync(new URL("./add.wasm", import.meta.url)));
export default { name: "Wasm", stages: { stage: ({ emit }) => () => {
  emit("imported", add(2, 3));
  emit("instantiated", instance.exports.add(20, 30));
} } };
`,
      "add.wasm": ADD_WASM,
    });
    assert.deepEqual(new Set(emitted(run, "imported")), new Set([5]));
    assert.deepEqual(new Set(emitted(run, "instantiated")), new Set([50]));
  });
});

/** (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)) */
const ADD_WASM = Buffer.from(
  "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b",
  "hex",
);
