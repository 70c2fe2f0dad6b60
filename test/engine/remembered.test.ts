import assert from "node:assert/strict";
import { wavBytes } from "../../src/client/sample/audio/wav.ts";
import type { Finding } from "../../src/core/run/run.ts";
import { lineOf, MEASURE_LITTLE, profiledWorkspace } from "../support/profiledWorkspace.ts";

const BLOCK = 256;
/** No two blocks are alike, and the last one is shorter. */
const RECORDING = wavBytes({
  sampleRate: 8000,
  channels: [Float32Array.from({ length: 20.5 * BLOCK }, (_, i) => Math.sin(i * i * 1e-5))],
});

/** A sum over all pairs of near samples: the work that a stage may spare. */
const ANALYSE = `const analyse = (samples) => {
  let sum = 0;
  for (let i = 0; i < samples.length; i++)
    for (let k = 1; k < 8; k++)
      sum += samples[i] * (samples[i - k] ?? 0); // WORK
  return sum;
};`;
const MAKE_TABLE = `const makeTable = (size) => {
  const table = new Float32Array(size);
  for (let i = 0; i < size; i++) table[i] = Math.sin(i);
  return table;
};`;

const pipeline = (stage: string, before = ""): string =>
  `${before}\n${ANALYSE}\nexport default { blockFrames: ${BLOCK}, stages: {\n  some: ${stage},\n} };\n`;

describe("a result that is remembered from one pass to the next", () => {
  const workspace = profiledWorkspace();

  async function remembered(text: string): Promise<Finding[]> {
    const { findings, counts } = await workspace.profile(
      { "main.pipeline.mjs": text, "recording.wav": RECORDING },
      { measure: { ...MEASURE_LITTLE, counts: true, io: true } },
    );
    assert.ok(counts, JSON.stringify(findings));
    return findings.filter(({ kind }) => kind === "remembered-result");
  }

  for (const [by, key] of [
    ["time", "time"],
    ["content", "samples.join()"],
  ])
    it(`is found where a map of the module knows blocks by their ${by}`, async () => {
      const text = pipeline(
        `({ emit }) => ({ channels: [samples], time }) => {
    const key = ${key};
    if (!known.has(key)) known.set(key, analyse(samples));
    emit("sum", known.get(key));
  }`,
        "const known = new Map();",
      );
      const [finding, ...more] = await remembered(text);
      assert.deepEqual(more, []);
      assert.equal(finding?.severity, "warning");
      assert.match(finding.text, /^Stage "some" remembers results: .* it ran 0\.\d+\s%/);
      assert.deepEqual(finding.where, {
        stage: "some",
        file: "main.pipeline.mjs",
        line: lineOf(text, "// WORK"),
      });
    });

  const FILES = 'import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";';

  for (const [how, stage] of [
    [
      "a stage tries to read and then writes",
      `{ scope: "file", create: ({ emit, audio }) => async () => {
    const path = new URL("sums.json", import.meta.url);
    let sum = 0;
    try {
      sum = JSON.parse(readFileSync(path, "utf8"));
    } catch {
      for await (const { channels: [samples] } of audio()) sum += analyse(samples);
      writeFileSync(path, JSON.stringify(sum));
    }
    emit("sum", sum);
  } }`,
    ],
    [
      "a stage looks for before it writes it",
      `{ scope: "file", create: ({ emit }) => () => {
    const path = new URL("sums.json", import.meta.url);
    if (!existsSync(path)) writeFileSync(path, "1");
    emit("sum", JSON.parse(readFileSync(path, "utf8")));
  } }`,
    ],
    [
      "is one of many, block by block",
      `() => ({ channels: [samples], time }) => {
    const path = new URL(time === 0 ? "sums.json" : "sums" + time + ".json", import.meta.url);
    if (!existsSync(path)) writeFileSync(path, JSON.stringify(analyse(samples)));
    else JSON.parse(readFileSync(path, "utf8"));
  }`,
    ],
  ] as const)
    it(`is found where a file holds it that ${how}`, async () => {
      const [finding, ...more] = await remembered(pipeline(stage, FILES));
      assert.deepEqual(more, []);
      assert.match(finding?.text ?? "", /^Stage "some" wrote sums\.json, and reads it where it is there/);
      assert.deepEqual(finding?.where, { stage: "some" });
    });

  it("is found where a file beside the recording holds it that an earlier run wrote", async () => {
    const stage = `{ scope: "file", create: ({ emit, outputFile }) => () => {
    const path = outputFile("sums.json");
    if (!existsSync(path)) writeFileSync(path, "1");
    emit("sum", JSON.parse(readFileSync(path, "utf8")));
  } }`;
    await remembered(pipeline(stage, FILES));
    const [finding] = await remembered(pipeline(stage, FILES));
    assert.match(finding?.text ?? "", /^Stage "some" wrote sums\.json/);
  });

  it("is told of where a cache of the library gave it within a pass", async () => {
    const text = pipeline(
      `() => ({ time }) => { known(Math.floor(time * BLOCKS_PER_SECOND / 4)); }`,
      `import { cached } from "waveflame";
const BLOCKS_PER_SECOND = 8000 / ${BLOCK};
const known = cached((number) => number, { key: String, name: "fours" });`,
    );
    const [finding, ...more] = await remembered(text);
    assert.deepEqual(more, []);
    assert.equal(finding?.severity, "information");
    // 21 blocks: five fours and one more.
    assert.match(finding.text, /^The cached function "fours" remembered its result in 71\.4\s% of its calls/);
  });

  for (const [what, stage, before] of [
    [
      "remembers within a pass, in its factory",
      `() => { const known = new Map(); return ({ channels: [samples], time }) => {
    if (!known.has(time)) known.set(time, analyse(samples));
  }; }`,
    ],
    [
      "makes a table in its factory",
      `() => { const table = makeTable(50_000); return ({ channels: [samples] }) => { table[0] = analyse(samples); }; }`,
      MAKE_TABLE,
    ],
    [
      "makes a table of the module at its first call",
      `() => ({ channels: [samples] }) => { table ??= makeTable(500_000); analyse(samples); }`,
      `let table;\n${MAKE_TABLE}`,
    ],
    [
      "makes a table of the module for each length of a block, and the last one is shorter",
      `() => ({ channels: [samples] }) => {
    if (!tables.has(samples.length)) tables.set(samples.length, makeTable(samples.length * 2000));
  }`,
      `const tables = new Map();\n${MAKE_TABLE}`,
    ],
    [
      "keeps a delay line in the module",
      `() => ({ channels: [samples] }) => {
    for (let i = 0; i < samples.length; i++) {
      const late = line[at];
      line[at] = samples[i];
      samples[i] += late;
      at = (at + 1) % line.length;
    }
  }`,
      "const line = new Float32Array(1000);\nlet at = 0;",
    ],
    [
      "does less the longer it runs",
      `() => { let step = 1; return ({ channels: [samples] }) => {
    for (let i = 0; i < samples.length; i += step) samples[i] *= 0.5;
    step = Math.min(64, step * 2);
  }; }`,
    ],
    [
      "asks a cache of the library, which is emptied before each pass",
      `() => ({ channels: [samples] }) => { known(samples); }`,
      `import { cached } from "waveflame";\nconst known = cached((samples) => analyse(samples), { key: String, name: "sums" });`,
    ],
    [
      "writes a file and reads it again",
      `{ scope: "file", create: ({ emit }) => () => {
    const path = new URL("sums.json", import.meta.url);
    writeFileSync(path, "1");
    emit("sum", JSON.parse(readFileSync(path, "utf8")));
  } }`,
      FILES,
    ],
    [
      "reads a file of the pipeline and writes another",
      `{ scope: "file", create: ({ emit }) => () => {
    emit("length", readFileSync(new URL(import.meta.url)).length);
    writeFileSync(new URL("sums.json", import.meta.url), "1");
  } }`,
      FILES,
    ],
    [
      "makes a folder and doesn't replace a file in it",
      `{ scope: "file", create: () => () => {
    const path = new URL("out/sums.json", import.meta.url);
    mkdirSync(new URL("out", import.meta.url), { recursive: true });
    if (!existsSync(path)) writeFileSync(path, "1");
  } }`,
      FILES,
    ],
  ] as const)
    it(`isn't found of a stage that ${what}`, async () => {
      assert.deepEqual(await remembered(pipeline(stage, before)), []);
    });
});
