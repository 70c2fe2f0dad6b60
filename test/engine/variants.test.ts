import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startVariants } from "../../src/client/profiling/profileVariants.ts";
import { readRun } from "../../src/core/run/readRun.ts";
import type { Run } from "../../src/core/run/run.ts";
import { verdictAt, type VariantFigures } from "../../src/core/variants/variants.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import { emitted, profiledWorkspace, type Change } from "../support/profiledWorkspace.ts";
import { steadyFindings } from "../support/findings.ts";
import { wavFile } from "../support/wavFile.ts";

const RATE = 8000;
const FRAMES = 9000;
const TONE = wavFile({
  sampleRate: RATE,
  frames: FRAMES,
  encoding: "float32",
  sample: (frame) => 0.5 * Math.sin(0.3 * frame),
});

/** A stage that halves the sound, with variants. */
const pipelineWith = (variants: string, more = ""): string => `
import { definePipeline } from "waveflame";
const half = () => ({ channels }) => {
  for (const samples of channels) for (let n = 0; n < samples.length; n++) samples[n] *= 0.5;
};
const other = () => ({ channels }) => {
  for (const samples of channels) samples.forEach((x, n) => { samples[n] = x / 2; });
};
${more}
export default definePipeline({
  name: "Half", blockFrames: 1024,
  stages: { half: { create: half, variants: { ${variants} } } },
});
`;

describe("profiling all variants", () => {
  const workspace = profiledWorkspace();
  const PIPELINE = "half.pipeline.ts";

  const start = (text: string, change: Change = {}) =>
    workspace.start({ "recording.wav": TONE, [PIPELINE]: text }, change, startVariants);

  /** As it is read when it was saved. */
  const runOf = async (text: string, change: Change = {}): Promise<Run> => {
    const { run } = await start(text, change).outcome;
    workspace.assertNothingLeft();
    return readRun(JSON.stringify(run));
  };

  const named = ({ variants }: Run, name: string | null): VariantFigures => {
    const found = variants.find((one) => one.name === name);
    assert.ok(found, `There is no variant ${String(name)}.`);
    return found;
  };
  const kinds = (run: Run): string[] => steadyFindings(run).map(({ kind }) => kind);

  it("keeps what was measured where one of them fails, and says which", async () => {
    const failing = `bad: () => { throw new Error("not built"); }, other`;
    const run = await runOf(pipelineWith(failing));
    assert.equal(run.state, "complete");
    assert.deepEqual(
      run.variants.map(({ name, sound }) => [name, sound.length]),
      [
        [null, 3],
        ["other", 3],
      ],
    );
    const [finding] = steadyFindings(run);
    assert.deepEqual(kinds(run), ["variant-failed"]);
    assert.equal(finding?.severity, "error");
    assert.match(finding.text, /^Variant "bad": Stage "half" threw .*not built/);
    assert.deepEqual([finding.where?.variant, finding.where?.stage], ["bad", "half"]);
  });

  it("keeps the pipeline as written, and the variants so far, on a cancel", async () => {
    const endless = `other, slow: () => () => { const until = Date.now() + 50; while (Date.now() < until); }`;
    const started = start(pipelineWith(endless));
    await started.reached(({ step, phase }) => step?.variant === "slow" && phase === "timed");
    started.cancel();
    const { run } = await started.outcome;
    workspace.assertNothingLeft();
    assert.equal(run.state, "complete");
    assert.deepEqual(
      run.variants.map(({ name }) => name),
      [null, "other"],
    );
    assert.deepEqual(kinds(run), ["variants-cancelled"]);
    assert.ok(run.totals.stagesMs > 0);
  });

  it("keeps all times where the comparison of the sound is cancelled", async () => {
    const started = start(pipelineWith("other"));
    await started.reached(({ phase, step }) => phase === "listening" && step !== undefined);
    started.cancel();
    const { run } = await started.outcome;
    assert.deepEqual(
      run.variants.map(({ name, sound }) => [name, sound.length]),
      [
        [null, 0],
        ["other", 0],
      ],
    );
    assert.deepEqual(kinds(run), ["variants-cancelled"]);
  });

  it("goes on where a stage can't run in blocks of a size, and says why", async () => {
    const fft = `fft: (context) => {
      if (!Number.isInteger(Math.log2(context.blockFrames))) throw new RangeError("It isn't a power of two");
      return half(context);
    }`;
    const run = await runOf(pipelineWith(fft));
    const { sound, refusals } = named(run, "fft");
    assert.deepEqual(
      sound.map(({ blockFrames }) => blockFrames),
      [64, 4096],
    );
    assert.deepEqual(
      refusals.map(({ blockFrames }) => blockFrames),
      [500],
    );
    assert.match(refusals[0]!.reason, /Stage "half" threw .*half\.pipeline\.ts:\d+.*isn't a power of two/);
    assert.equal(named(run, null).refusals.length, 0);
    assert.deepEqual(kinds(run), []);
  });

  it("has no more than one rendering's process at work, however many there are", async () => {
    const counting = `
import { appendFileSync, readFileSync } from "node:fs";
const isAlive = (pid) => { try { return process.kill(Number(pid), 0); } catch { return false; } };
appendFileSync("PIDS", process.pid + "\\n");
const alive = readFileSync("PIDS", "utf8").trim().split("\\n").filter(isAlive).length;
appendFileSync("ALIVE", alive + "\\n");`;
    const files = { PIDS: join(workspace.path, "pids.txt"), ALIVE: join(workspace.path, "alive.txt") };
    const more = counting
      .replaceAll('"PIDS"', JSON.stringify(files.PIDS))
      .replaceAll('"ALIVE"', JSON.stringify(files.ALIVE));
    await runOf(pipelineWith("other", more).replace(`name: "Half"`, `name: "Half", isolation: "process"`));
    const alive = readFileSync(files.ALIVE, "utf8").trim().split("\n").map(Number);
    // One for each of seven renderings, and the first lane, which tells what stages there are.
    assert.ok(alive.length >= 8);
    assert.ok(Math.max(...alive) <= 2, `${Math.max(...alive)} at once`);
  });

  it("ends the thread of a rendering with it", async function () {
    if (process.platform !== "linux") {
      console.log("      only on Linux: elsewhere the system doesn't list threads as files");
      this.skip();
    }
    const path = join(workspace.path, "threads.txt");
    const counting = `
import { appendFileSync, readdirSync } from "node:fs";
appendFileSync(${JSON.stringify(path)}, process.pid + " " + readdirSync("/proc/self/task").length + "\\n");`;
    await runOf(pipelineWith("other", counting));
    const lines = readFileSync(path, "utf8").trim().split("\n");
    const [engine] = lines.at(-1)!.split(" ");
    const threads = lines
      .filter((line) => line.startsWith(`${engine} `))
      .map((line) => Number(line.split(" ")[1]));
    // The first lane, then seven renderings.
    assert.equal(threads.length, 8);
    assert.ok(threads.at(-1)! <= threads[1]! + 1, threads.join(", "));
  });

  it("counts samples that are no numbers, and gives figures of the others", async () => {
    const broken = `broken: (context) => {
      const process = half(context);
      return (block) => {
        process(block);
        if (block.startFrame === 0) block.channels[0].set([NaN, Infinity], 10);
      };
    }`;
    const [first] = named(await runOf(pipelineWith(broken)), "broken").sound;
    assert.equal(first!.notNumbers, 2);
    assert.equal(verdictAt(first!), "differs");
    assert.deepEqual(first!.difference, { peakDb: null, rmsDb: null, at: null });
    // A sine of 0.25.
    assert.ok(Math.abs(first!.level.rmsDb! - 20 * Math.log10(0.25 / Math.SQRT2)) < 0.05);
    assert.ok(first!.response.length > 10);
    for (const { differenceDb } of first!.response) assert.ok(Math.abs(differenceDb) < 1e-9);
  });

  it("takes the same NaN at the same place for the same sound", async () => {
    const nan = `const nan = () => ({ channels: [left], startFrame }) => {
      if (startFrame === 0) left[10] = NaN;
    };`;
    const text = pipelineWith("", nan).replace(
      "create: half, variants: {",
      "create: nan, variants: { again: () => nan()",
    );
    const run = await runOf(text);
    assert.deepEqual(named(run, "again").sound.map(verdictAt), ["identical", "identical", "identical"]);
  });

  it("forgives a variant that is late and has no tail the end that it keeps back, and names it", async () => {
    const late = `late: { latencyFrames: 100, create: (context) => {
      const process = half(context);
      let held = new Float32Array(100);
      return (block) => {
        process(block);
        const joined = Float32Array.of(...held, ...block.channels[0]);
        held = joined.slice(block.frames);
        block.channels[0].set(joined.subarray(0, block.frames));
      };
    } }`;
    const run = await runOf(pipelineWith(late));
    for (const comparison of named(run, "late").sound) {
      assert.equal(verdictAt(comparison), "identical");
      assert.equal(comparison.heldBackFrames, 100);
      assert.equal(comparison.unmatchedFrames, 0);
    }
    const tooShort = await runOf(pipelineWith(late.replace("latencyFrames: 100", "latencyFrames: 0")));
    assert.equal(verdictAt(named(tooShort, "late").sound[0]!), "differs");
  });

  it("runs the pipeline as written even where a variant was picked, and says so", async () => {
    for (const name of ["variant", "half.variant"]) {
      const run = await runOf(pipelineWith("other"), { parameters: { [name]: "other" } });
      assert.equal(run.stages[0]?.variant, null);
      assert.equal(named(run, "other").stages[0]?.variant, "other");
      assert.deepEqual(kinds(run), ["variant-left-out"]);
      assert.ok(steadyFindings(run)[0]?.text.startsWith(`${name}=other is left out`));
    }
  });

  it("says of a variant that is the very function as written that there is nothing to compare", async () => {
    const run = await runOf(pipelineWith("other, twin: half, copy: () => ({ channels }) => {}"));
    assert.deepEqual(kinds(run), ["same-code"]);
    assert.match(
      steadyFindings(run)[0]!.text,
      /^Variant "twin": The variant "twin" of stage "half" is the same function/,
    );
  });

  it("passes on what is found in a variant alone", async () => {
    const run = await runOf(pipelineWith(`nan: () => ({ channels: [left] }) => { left.fill(NaN); }`));
    assert.deepEqual(kinds(run), ["not-a-number-from-stage"]);
    assert.match(steadyFindings(run)[0]!.text, /^Variant "nan": /);
  });

  it("lets only the run as written write files where it says, so that none is overwritten", async () => {
    const writing = `
import { writeTextFile } from "waveflame";
const write = (text) => (context) => ({
  process: () => {},
  finish: async () => {
    const path = context.outputFile("found.txt");
    await writeTextFile(path, text);
    context.emit("path", path);
  },
});
export default { name: "Writing", stages: { write: { create: write("written"), variants: { plain: write("plain") } } } };
`;
    const run = await runOf(writing);
    assert.equal(run.variants.length, 2);
    const path = join(workspace.path, "found.txt");
    assert.equal(readFileSync(path, "utf8"), "written");
    assert.deepEqual(emitted(run, "path"), [path]);
    assert.ok(run.variants[1]?.results.different !== null, "The variant wrote elsewhere.");
  });

  it("says which variant is under way, and fills one bar from beginning to end", async () => {
    const seen: Progress[] = [];
    const started = start(pipelineWith("other"));
    void started.reached((progress) => {
      seen.push(progress);
      return false;
    });
    await started.outcome;
    const parts = seen.map(({ part }) => part ?? NaN);
    assert.deepEqual(
      parts,
      parts.toSorted((a, b) => a - b),
    );
    const steps = seen.flatMap(({ step, phase }) => (step ? [{ ...step, phase }] : []));
    assert.ok(steps.some(({ variant, of, number }) => variant === "other" && number === 2 && of === 2));
    const rendered = steps
      .filter(({ phase }) => phase === "listening")
      .map(({ variant, blockFrames }) => `${variant} ${blockFrames}`);
    assert.deepEqual(
      [...new Set(rendered)],
      ["null null", "null 64", "null 500", "null 4096", "other 64", "other 500", "other 4096"],
    );
  });
});
