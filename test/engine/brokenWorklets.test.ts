import assert from "node:assert/strict";
import { join } from "node:path";
import { profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const RECORDING = { "recording.wav": wavFile({ sampleRate: 48_000, frames: 4800 }) };
const BODY = "process() { return true; }";

describe("an AudioWorklet processor that can't run", () => {
  const workspace = profiledWorkspace();

  /** One sentence, and the line that it is about. */
  async function refusal(
    text: string,
    files: Files = {},
    parameters = {},
  ): Promise<{ text: string; line: number | undefined }> {
    const { message, details } = await workspace.failure(
      { ...RECORDING, ...files, "processor.js": text },
      { pipeline: join(workspace.path, "processor.js"), parameters },
    );
    return { text: message, line: details.where?.line };
  }

  it("because its constructor throws names the line", async () => {
    const { text, line } = await refusal(
      `registerProcessor("a", class extends AudioWorkletProcessor {\n  constructor() { super(); throw new RangeError("No taps"); }\n  ${BODY}\n});`,
    );
    assert.equal(
      text,
      `Stage "a" threw at 0:00.0 of recording.wav (processor.js:2): No taps. Mend it and profile again.`,
    );
    assert.equal(line, 2);
  });

  it("because its process throws names the line and the second of audio", async () => {
    const { text, line } = await refusal(
      `registerProcessor("a", class extends AudioWorkletProcessor {\n  process() {\n    if (currentTime > 0.05) throw new Error("Lost count");\n    return true;\n  }\n});`,
    );
    assert.match(
      text,
      /^Stage "a" threw at 0:00\.1 of recording\.wav \(processor\.js:3\): Lost count\. Mend it/,
    );
    assert.equal(line, 3);
  });

  it("because its process is asynchronous says so", async () => {
    const { text } = await refusal(
      `registerProcessor("a", class extends AudioWorkletProcessor { async process() { return true; } });`,
    );
    assert.match(text, /^Stage "a" threw .*process returned a promise: it must not be async/);
  });

  it("because a message's listener throws names the line", async () => {
    const { message, details } = await workspace.failure({
      ...RECORDING,
      "main.pipeline.mjs": `import { worklet } from "waveflame";\nexport default { name: "A", stages: { a: worklet("./a.js", { messages: [1] }) } };`,
      "a.js": `registerProcessor("a", class extends AudioWorkletProcessor {\n  constructor() {\n    super();\n    this.port.onmessage = () => { throw new Error("Unknown message"); };\n  }\n  ${BODY}\n});`,
    });
    assert.match(message, /\(a\.js:4\): Unknown message/);
    assert.equal(details.where?.line, 4);
  });

  it("because it registers nothing after all says what to write", async () => {
    const { text } = await refusal(`if (sampleRate < 1) registerProcessor("a", class {});\n`);
    assert.match(
      text,
      /^processor\.js can't be loaded: processor\.js registered no processor: call registerProcessor\(name, class\) in it\. Mend it/,
    );
  });

  for (const [what, text, line, sentence] of [
    [
      "registers a name twice",
      `class A extends AudioWorkletProcessor { ${BODY} }\nregisterProcessor("a", A);\nregisterProcessor("a", A);`,
      3,
      `registerProcessor was called twice for "a"`,
    ],
    [
      "registers without a name",
      `\nregisterProcessor("", class { ${BODY} });`,
      2,
      "needs a name that isn't empty",
    ],
    ["registers no class", `registerProcessor("a", () => true);`, 1, `registerProcessor("a") needs a class`],
    [
      "has no process",
      `registerProcessor("a", class extends AudioWorkletProcessor {});`,
      1,
      "has no method process",
    ],
    [
      "describes parameters that are no list",
      `registerProcessor("a", class extends AudioWorkletProcessor { static parameterDescriptors = 3; ${BODY} });`,
      1,
      `parameterDescriptors of "a" are no array`,
    ],
    [
      "describes a parameter without a name",
      `registerProcessor("a", class extends AudioWorkletProcessor { static parameterDescriptors = [{}]; ${BODY} });`,
      1,
      `An entry in the parameterDescriptors of "a" has no name`,
    ],
    [
      "describes a parameter twice",
      `registerProcessor("a", class extends AudioWorkletProcessor { static parameterDescriptors = [{ name: "g" }, { name: "g" }]; ${BODY} });`,
      1,
      `hold "g" twice`,
    ],
    [
      "describes a default outside of its limits",
      `registerProcessor("a", class extends AudioWorkletProcessor { static parameterDescriptors = [{ name: "g", defaultValue: 3, maxValue: 2 }]; ${BODY} });`,
      1,
      "defaultValue 3 of the parameter",
    ],
    [
      "describes an unknown automation rate",
      `registerProcessor("a", class extends AudioWorkletProcessor { static parameterDescriptors = [{ name: "g", automationRate: "b-rate" }]; ${BODY} });`,
      1,
      `must be "a-rate" or "k-rate"`,
    ],
    [
      "uses Node",
      `const home = process.env.HOME;\nregisterProcessor("a", class { ${BODY} });`,
      1,
      "process is not defined",
    ],
  ] as const) {
    it(`because it ${what} says so with the line`, async () => {
      const refused = await refusal(text);
      assert.ok(refused.text.startsWith(`processor.js:${line} can't be loaded: `), refused.text);
      assert.ok(refused.text.includes(sentence), refused.text);
      assert.equal(refused.line, line);
    });
  }

  it("because a file or package it imports isn't there names the import's line", async () => {
    for (const gone of ["./gone.js", "gone"]) {
      const { text, line } = await refusal(
        `\nimport { f } from "${gone}";\nregisterProcessor("a", class extends AudioWorkletProcessor { process() { return f; } });`,
      );
      assert.equal(
        text,
        `processor.js:2 imports "${gone}", which isn't there. Install the package or mend the path.`,
      );
      assert.equal(line, 2);
    }
  });

  it("because it imports what the other file doesn't export names the line", async () => {
    const { text, line } = await refusal(
      `\nimport { f } from "./other.js";\nregisterProcessor("a", class { process() { return f; } });`,
      { "other.js": "export const g = 1;" },
    );
    assert.match(text, /^processor\.js:2 can't be loaded: .*'f'/);
    assert.equal(line, 2);
  });

  it("because it imports from Node says that an AudioWorklet has nothing of it", async () => {
    const { text } = await refusal(
      `import { readFileSync } from "node:fs";\nregisterProcessor("a", class { process() { return readFileSync; } });`,
    );
    assert.match(text, /imports "node:fs", which is Node's: an AudioWorklet has nothing of it/);
  });

  it("for a syntax error names the line", async () => {
    const { text, line } = await refusal(
      `registerProcessor("a", A);\nclass A extends AudioWorkletProcessor {\n  process( { return true; }\n}`,
    );
    assert.match(text, /^processor\.js:3 can't be read as JavaScript or TypeScript: /);
    assert.equal(line, 3);
  });

  it("under the name that was asked for says which there are", async () => {
    const { text } = await refusal(`registerProcessor("a", class { ${BODY} });`, {}, { processor: "b" });
    assert.match(text, /processor\.js registers no processor "b"; it has a\./);
  });

  it("with a parameter that the pipeline invented says which there are", async () => {
    const { message } = await workspace.failure({
      ...RECORDING,
      "main.pipeline.mjs": `import { worklet } from "waveflame";\nexport default { name: "A", stages: { a: worklet("./a.js", { parameters: { gian: 1 } }) } };`,
      "a.js": `registerProcessor("a", class extends AudioWorkletProcessor { static parameterDescriptors = [{ name: "gain" }]; ${BODY} });`,
    });
    assert.match(message, /The processor "a" has no parameter "gian"; it has gain\./);
  });
});

describe("an AudioWorklet processor that does what browsers forgive", () => {
  const workspace = profiledWorkspace();

  it("as returning nothing is told so, with the line", async () => {
    const run = await workspace.profile(
      {
        ...RECORDING,
        "processor.js": `registerProcessor("a", class extends AudioWorkletProcessor {\n  process() {}\n});`,
      },
      { pipeline: join(workspace.path, "processor.js") },
    );
    assert.deepEqual(
      run.findings.find(({ kind }) => kind === "process-returned-no-boolean"),
      {
        kind: "process-returned-no-boolean",
        severity: "warning",
        text: `processor.js:2: The processor "a" returns nothing from process, which browsers read as false. Return true while it is to be called without input, else false.`,
        where: { stage: "a", file: "processor.js", line: 2 },
      },
    );
  });

  it("as putting out what is no number is told so, with the line", async () => {
    const run = await workspace.profile(
      {
        ...RECORDING,
        "processor.js": `registerProcessor("a", class extends AudioWorkletProcessor {\n  process(inputs, [[out]]) { out.fill(NaN); return true; }\n});`,
      },
      { pipeline: join(workspace.path, "processor.js") },
    );
    const finding = run.findings.find(({ kind }) => kind === "not-a-number-from-stage");
    assert.deepEqual(finding?.where, { stage: "a", file: "processor.js", line: 1 });
  });
});
