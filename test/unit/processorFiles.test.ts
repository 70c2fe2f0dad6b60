import assert from "node:assert/strict";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { choosePipeline } from "../../src/client/commandLine/choosePipeline.ts";
import { findPipelinesAndProcessors } from "../../src/client/pipelineFiles/pipelineFiles.ts";
import { callsRegisterProcessor, ProcessorFiles } from "../../src/client/pipelineFiles/processorFiles.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const PROCESSOR = `registerProcessor("a", class extends AudioWorkletProcessor {});`;

describe("a text is an AudioWorklet's", () => {
  for (const [what, text] of [
    ["where it calls registerProcessor", PROCESSOR],
    ["where the call is spread over lines", `registerProcessor\n  /* the name */ ("a", A);`],
    ["where the global object is named", `globalThis.registerProcessor("a", A);`],
    ["where it is minified", `class a{}registerProcessor("a",a);export{a as default};`],
    ["where it has types", `const f = <T,>(x: T): T => x;\nregisterProcessor("a", f(A) as never);`],
    ["after expressions that look like comments", "const a = /['\"`/*]/g;\nregisterProcessor(`a`, A);"],
  ] as const) {
    it(what, () => assert.equal(callsRegisterProcessor(text), true));
  }

  for (const [what, text] of [
    ["in a comment", `// registerProcessor("a", A)\n/* registerProcessor("a", A) */`],
    [
      "in a text",
      `const help = 'registerProcessor("a", A)' + "registerProcessor(" + \`registerProcessor(\${1})\`;`,
    ],
    ["as a declaration", `declare function registerProcessor(name: string): void;`],
    ["as another object's method", `plugins.registerProcessor("a", A);`],
    ["without a call", `export { registerProcessor };`],
    ["in a pipeline", `import { definePipeline } from "waveflame";\n${PROCESSOR}`],
  ] as const) {
    it(`not where the name stands ${what}`, () => assert.equal(callsRegisterProcessor(text), false));
  }
});

describe("AudioWorklets' files", () => {
  const folder = temporaryFolder();

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }

  const found = async (files = new ProcessorFiles()): Promise<string[]> =>
    (await findPipelinesAndProcessors(folder.path, "**/*.pipeline.ts", files)).map(
      ({ path, kind, name }) => `${kind} ${name} ${relative(folder.path, path).split(sep).join("/")}`,
    );

  it("are found beside the pipelines, after them", async () => {
    await write("src/pitch.ts", PROCESSOR);
    await write("gain.mjs", PROCESSOR);
    await write("z.pipeline.ts", "");
    await write("gain.test.ts", `const text = \`${PROCESSOR}\`;`);
    await write("types.d.ts", PROCESSOR);
    await write("notes.txt", PROCESSOR);
    await write("node_modules/other/index.js", PROCESSOR);
    await write(".cache/index.js", PROCESSOR);
    await write("bundle.js", PROCESSOR + " ".repeat(2_000_000));
    assert.deepEqual(await found(), [
      "pipeline z z.pipeline.ts",
      "processor gain gain.mjs",
      "processor pitch src/pitch.ts",
    ]);
  });

  it("are taken by the command line where there is one and no pipeline, and asked for where there are two", async () => {
    const chosen = (): Promise<string> => choosePipeline(folder.path, "**/*.pipeline.ts", null, "");
    await write("a.js", PROCESSOR);
    assert.equal(await chosen(), join(folder.path, "a.js"));
    await write("b.js", PROCESSOR);
    await assert.rejects(chosen, {
      message: "There are 2 AudioWorklet processors here (a.js, b.js): name one with --pipeline.",
    });
    await write("c.pipeline.ts", "");
    assert.equal(await chosen(), join(folder.path, "c.pipeline.ts"));
  });

  it("are read again only where they changed", async () => {
    const files = new ProcessorFiles();
    await write("a.js", PROCESSOR);
    const sameDate = new Date(1e12);
    await utimes(join(folder.path, "a.js"), sameDate, sameDate);
    assert.deepEqual(await found(files), ["processor a a.js"]);
    await write("a.js", PROCESSOR.replace("registerProcessor", "rememberProcessor"));
    await utimes(join(folder.path, "a.js"), sameDate, sameDate);
    assert.deepEqual(await found(files), ["processor a a.js"]);
    await utimes(join(folder.path, "a.js"), sameDate, new Date(2e12));
    assert.deepEqual(await found(files), []);
  });
});
