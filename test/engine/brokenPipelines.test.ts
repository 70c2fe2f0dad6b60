import assert from "node:assert/strict";
import { join } from "node:path";
import { lineOf, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

/** A recording of eight segments of a second. */
const EIGHT_SECONDS = { "recording.wav": wavFile({ sampleRate: 1000, frames: 8000 }) };
const SHORT_SEGMENTS = { segmentSeconds: 1 };

describe("a pipeline that can't be loaded", () => {
  const workspace = profiledWorkspace();

  async function refusal(files: Files): Promise<{ text: string; where: unknown }> {
    const { message, details } = await workspace.failure(files);
    assert.equal(details.kind, "pipeline");
    return { text: message, where: details.where };
  }

  it("for a syntax error is refused with file and line", async () => {
    const { text, where } = await refusal({
      "broken.pipeline.ts": "interface A {\n  x: number;\n}\nconst a: A = { x: 1 ;\nexport default a;\n",
    });
    assert.match(
      text,
      /^broken\.pipeline\.ts:4 can't be read as JavaScript or TypeScript: .+ Mend the line and profile again\.$/,
    );
    assert.deepEqual(where, { file: "broken.pipeline.ts", line: 4 });
  });

  it("for a syntax error in JavaScript is refused with file and line, too", async () => {
    const { text } = await refusal({
      "broken.pipeline.mjs": "\n\nexport default { stages: { a: () => } };\n",
    });
    assert.match(text, /^broken\.pipeline\.mjs:3 can't be read/);
  });

  it("for a syntax error in a file that it imports is refused with that file and line", async () => {
    const { text, where } = await refusal({
      "a.pipeline.ts": `import { f } from "./lib/helper";\nexport default { stages: { a: () => f } };\n`,
      "lib/helper.ts": "export const one = 1;\n\nexport function f(: void {}\n",
    });
    assert.match(text, /^lib\/helper\.ts:3 can't be read/);
    assert.deepEqual(where, { file: "lib/helper.ts", line: 3 });
  });

  it("for a missing file is refused with the line of its import", async () => {
    const { text, where } = await refusal({
      "a.pipeline.ts": `import { definePipeline } from "waveflame";\n\nimport { f } from "./filters/gone.ts";\nexport default definePipeline({ name: "A", stages: { a: () => f } });\n`,
    });
    assert.equal(
      text,
      `a.pipeline.ts:3 imports "./filters/gone.ts", which isn't there. Install the package or mend the path.`,
    );
    assert.deepEqual(where, { file: "a.pipeline.ts", line: 3 });
  });

  it("for a missing package is refused with the line of its import, in the file that imports it", async () => {
    const { text, where } = await refusal({
      "a.pipeline.ts": `import { f } from "./helper";\nexport default { stages: { a: () => f } };\n`,
      "helper.ts": `export type Sample = number;\n// "not-installed" is no import here\nimport fft from "not-installed";\nexport const f = () => fft;\n`,
    });
    assert.equal(
      text,
      `helper.ts:3 imports "not-installed", which isn't there. Install the package or mend the path.`,
    );
    assert.deepEqual(where, { file: "helper.ts", line: 3 });
  });

  it("for a name that the other file doesn't export is refused with the line", async () => {
    const { text, where } = await refusal({
      "a.pipeline.ts": `\nimport { lowpass } from "./helper";\nexport default { stages: { a: () => lowpass } };\n`,
      "helper.ts": `export const highpass = 1;\n`,
    });
    assert.match(text, /^a\.pipeline\.ts:2 can't be loaded: .*'lowpass'/);
    assert.deepEqual(where, { file: "a.pipeline.ts", line: 2 });
  });

  it("for an error that it throws while it is loaded is refused with the line", async () => {
    const { text, where } = await refusal({
      "a.pipeline.ts": `type T = number;\nconst taps: T[] | undefined = undefined as never;\nexport const first = taps[0];\nexport default { stages: {} };\n`,
    });
    assert.match(text, /^a\.pipeline\.ts:3 can't be loaded: Cannot read properties of undefined/);
    assert.deepEqual(where, { file: "a.pipeline.ts", line: 3 });
  });

  it("because it isn't there is refused by name", async () => {
    const { message, details } = await workspace.failure(
      {},
      { pipeline: join(workspace.path, "gone.pipeline.ts") },
    );
    assert.equal(message, "gone.pipeline.ts doesn't exist. Check the path.");
    assert.equal(details.kind, "pipeline");
  });

  it("because it exports nothing says what to write", async () => {
    const { text } = await refusal({ "a.pipeline.ts": "export const stages = {};\n" });
    assert.equal(
      text,
      "a.pipeline.ts can't be loaded: It exports no pipeline: write export default definePipeline({ name, stages }). Mend it and profile again.",
    );
  });

  it("because it has no stages says so", async () => {
    const { text } = await refusal({ "a.pipeline.ts": `export default { name: "A", stages: {} };\n` });
    assert.match(
      text,
      /^a\.pipeline\.ts can't be loaded: It has no stages: name at least one in stages\. Mend it/,
    );
  });

  it("because a stage is no factory names the stage", async () => {
    const { text } = await refusal({
      "a.pipeline.ts": `export default { name: "A", stages: { gain: 0.5 } };\n`,
    });
    assert.match(text, /Stage "gain" is a number instead of a factory/);
  });

  it("because a scope doesn't exist names stage and scope", async () => {
    const { text } = await refusal({
      "a.pipeline.mjs": `export default { name: "A", stages: { gain: { create: () => () => {}, scope: "song" } } };\n`,
    });
    assert.match(text, /Stage "gain" has the scope "song"; "stream", "block" and "file" exist/);
  });

  it("because its blocks can't have such a length says which", async () => {
    const { text } = await refusal({
      "a.pipeline.mjs": `export default { name: "A", blockFrames: 0, stages: { a: () => () => {} } };\n`,
    });
    assert.match(text, /blockFrames is 0; a whole number above 0 is needed/);
  });
});

describe("a stage that throws", () => {
  const workspace = profiledWorkspace();

  it("in segment 7 is named with the second of audio and its line, below types", async () => {
    const pipeline = `
import { definePipeline, type Block } from "waveflame";

interface Settings {
  readonly ratio: number;
  readonly knee?: number;
}
type Curve = (level: number) => number;

export default definePipeline({
  name: "Fails late",
  blockFrames: 100,
  stages: {
    quiet: () => () => {},
    compressor: () => {
      const settings: Settings | null = { ratio: 4 };
      const curve: Curve = (level) => level / settings.ratio;
      return (block: Block): void => {
        if (block.time >= 6.5) throw new RangeError("The ratio became negative"); // HERE
        curve(block.frames);
      };
    },
  },
});
`;
    const { message, details } = await workspace.failure(
      { "late.pipeline.ts": pipeline, ...EIGHT_SECONDS },
      SHORT_SEGMENTS,
    );
    const line = lineOf(pipeline, "HERE");
    assert.equal(
      message,
      `Stage "compressor" threw at 0:06.5 of recording.wav (late.pipeline.ts:${line}): The ratio became negative. Mend it and profile again.`,
    );
    assert.deepEqual(details, {
      kind: "stage",
      where: { stage: "compressor", time: 6.5, file: "late.pipeline.ts", line },
    });
  });

  const ON_SEVERAL = `
import { limit } from "./dsp/limit.js";
export default { name: "A", blockFrames: 100, stages: {
  gain: { scope: "block", create: () => () => {} },
  limiter: { scope: "block", create: () => (block) => { for (const samples of block.channels) limit(samples, block.time); } },
} };
`;
  const LIMIT = `
export interface Limits { ceiling: number }

export function limit(samples: Float32Array, time: number): void {
  const limits = (time > 6 ? undefined : { ceiling: 1 }) as Limits;
  samples[0] = limits.ceiling; // HERE
}
`;

  it("in a helper's file is named with the helper's line, on several workers too", async () => {
    const { message, details } = await workspace.failure(
      { "helped.pipeline.ts": ON_SEVERAL, "dsp/limit.ts": LIMIT, ...EIGHT_SECONDS },
      { ...SHORT_SEGMENTS, workers: 2 },
    );
    assert.match(
      message,
      /^Stage "limiter" threw at 0:0[67]\.\d of recording\.wav \(dsp\/limit\.ts:6\): Cannot read properties of undefined/,
    );
    assert.equal(details.where?.file, "dsp/limit.ts");
    assert.equal(details.where.line, lineOf(LIMIT, "HERE"));
  });

  it("while it is made is named with its line", async () => {
    const pipeline = `export default { name: "A", stages: {\n  gain: () => {\n    throw new Error("No gain was given.");\n  },\n} };\n`;
    const { message } = await workspace.failure({ "made.pipeline.ts": pipeline });
    assert.equal(
      message,
      `Stage "gain" threw at 0:00.0 of recording.wav (made.pipeline.ts:3): No gain was given. Mend it and profile again.`,
    );
  });

  it("for its parameters is told so without a line, before any stage is made where its check says so", async () => {
    const pipeline = `import { definePipeline, ParameterError } from "waveflame";
const refuse = ({ parameters }) => { throw new ParameterError("mode is " + parameters.mode + ": give a or b"); };
export default definePipeline({ name: "A", stages: {
  first: () => { throw new Error("It was made"); },
  last: { scope: "file", check: async (recording) => refuse(recording), create: () => () => {}, parameters: { mode: "c" } },
} });\n`;
    const checked = await workspace.failure({ "checks.pipeline.mjs": pipeline });
    assert.equal(checked.message, `Stage "last" can't take its parameters: mode is c: give a or b.`);
    assert.deepEqual(checked.details, { kind: "stage", where: { stage: "last" } });

    const made = await workspace.failure({
      "checks.pipeline.mjs": pipeline
        .replace("check:", "unchecked:")
        .replace("() => { throw", "(context) => { refuse(context); throw"),
    });
    assert.equal(made.message, `Stage "first" can't take its parameters: mode is undefined: give a or b.`);
  });

  it("in its check for another reason is named with its line", async () => {
    const { message } = await workspace.failure({
      "checks.pipeline.mjs": `export default { stages: { model: {\n  check: () => {\n    throw new Error("No model");\n  },\n  create: () => () => {} } } };\n`,
    });
    assert.equal(
      message,
      `Stage "model" threw for recording.wav (checks.pipeline.mjs:3): No model. Mend it and profile again.`,
    );
  });

  it("at its end is named with its line and the end of the recording", async () => {
    const pipeline = `export default { name: "A", stages: { tail: () => ({\n  process() {},\n  finish() {\n    throw new Error("No tail");\n  },\n}) } };\n`;
    const { message } = await workspace.failure({ "end.pipeline.ts": pipeline, ...EIGHT_SECONDS });
    assert.equal(
      message,
      `Stage "tail" threw at 0:08.0 of recording.wav (end.pipeline.ts:4): No tail. Mend it and profile again.`,
    );
  });

  it("by a promise is named with its line", async () => {
    const pipeline = `export default { name: "A", blockFrames: 1000, stages: { model: () => async (block) => {\n  await null;\n  if (block.time === 3) throw new Error("No model");\n} } };\n`;
    const { message } = await workspace.failure({ "async.pipeline.ts": pipeline, ...EIGHT_SECONDS });
    assert.equal(
      message,
      `Stage "model" threw at 0:03.0 of recording.wav (async.pipeline.ts:3): No model. Mend it and profile again.`,
    );
  });

  it("because it emits what a run can't hold is told so, with its line", async () => {
    for (const [value, kind] of [
      ["10n", "a bigint"],
      ["() => 1", "a function"],
      ["[new Map()]", "a Map"],
    ] as const) {
      const { message, details } = await workspace.failure({
        "emits.pipeline.mjs": `export default { stages: { emits: ({ emit }) => () => {
  emit("x", ${value});
} } };`,
      });
      assert.match(
        message,
        new RegExp(`^Stage "emits" .*emits\\.pipeline\\.mjs:2.*emit\\("x"\\) was given ${kind}, which`),
      );
      assert.equal(details.where?.line, 2);
    }
  });

  it("something that is no error is named all the same", async () => {
    const { message } = await workspace.failure({
      "text.pipeline.mjs": `export default { name: "A", stages: { a: () => () => { throw "out of tune"; } } };\n`,
    });
    assert.equal(
      message,
      `Stage "a" threw at 0:00.0 of recording.wav: out of tune. Mend it and profile again.`,
    );
  });

  it("by calling itself without end is named with its line", async () => {
    const { message } = await workspace.failure({
      "deep.pipeline.mjs": `const down = (depth) => 1 + down(depth + 1);\nexport default { name: "A", stages: { a: () => () => { down(0); } } };\n`,
    });
    assert.match(
      message,
      /^Stage "a" threw at 0:00\.0 of recording\.wav \(deep\.pipeline\.mjs:1\): Maximum call stack size exceeded\./,
    );
  });

  it("in a timer is named with its line", async () => {
    const pipeline = `export default { name: "A", stages: { a: () => async () => {\n  setTimeout(() => {\n    throw new Error("Too late");\n  });\n  await new Promise(() => {});\n} } };\n`;
    const { message, details } = await workspace.failure({ "timer.pipeline.ts": pipeline });
    assert.match(message, /Too late/);
    assert.match(message, /timer\.pipeline\.ts:3/);
    assert.equal(details.kind, "stage");
  });

  it("by a rejection that nobody catches is named with its line", async () => {
    const pipeline = `export default { name: "A", stages: { a: () => async () => {\n  void Promise.reject(new Error("Nobody listens"));\n  await new Promise(() => {});\n} } };\n`;
    const { message } = await workspace.failure({ "rejected.pipeline.ts": pipeline });
    assert.match(message, /Nobody listens/);
    assert.match(message, /rejected\.pipeline\.ts:2/);
  });

  for (const [problem, body, says] of [
    ["nothing usable", `"a sound"`, /It returned a block/],
    [
      "too many channels",
      `{ ...block, channels: [...block.channels, ...block.channels] }`,
      /of 2 channels where 1 are expected; output\.channelCount/,
    ],
    ["arrays of other lengths", `{ ...block, frames: 3 }`, /samples in a channel where frames says 3/],
    [
      "arrays of another kind",
      `{ ...block, channels: [[1, 2]], frames: 2 }`,
      /whose channels are not Float32Arrays/,
    ],
  ] as const) {
    it(`because it returned ${problem} is told what it returned`, async () => {
      const { message, details } = await workspace.failure({
        "returns.pipeline.mjs": `export default { name: "A", stages: { odd: () => (block) => (${body}) } };\n`,
      });
      assert.match(message, says);
      assert.equal(details.where?.stage, "odd");
    });
  }
});
