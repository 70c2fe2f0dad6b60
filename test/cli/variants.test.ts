import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { verdictOf, type VariantFigures } from "../../src/core/variants/variants.ts";
import { waveflame, type Ended } from "../support/commandLine.ts";
import { steadyFindings } from "../support/findings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

const RATE = 8000;
/** A square wave of amplitude 0.5. */
const RECORDING = wavFile({
  sampleRate: RATE,
  channels: 2,
  frames: 12_345,
  sample: (frame) => (Math.floor(frame / 40) % 2 === 0 ? 0.5 : -0.5),
  encoding: "float32",
});

const PIPELINE = `
import { definePipeline } from "waveflame";

/** A one-pole low-pass; \`forgets\`: begins anew with every block. */
const smooth = (gain, forgets) => ({ channelCount, emit }) => {
  const levels = new Array(channelCount).fill(0);
  return ({ channels }) => {
    if (forgets) levels.fill(0);
    channels.forEach((samples, channel) => {
      for (let i = 0; i < samples.length; i++) {
        levels[channel] += 0.1 * (samples[i] - levels[channel]);
        samples[i] = gain * levels[channel];
      }
    });
  };
};

const late = (context) => {
  const held = Array.from({ length: context.channelCount }, () => new Float32Array(100));
  const process = smooth(1, false)(context);
  const delay = (block) => {
    process(block);
    const channels = block.channels.map((samples, channel) => {
      const joined = Float32Array.of(...held[channel], ...samples);
      held[channel] = joined.slice(samples.length);
      return joined.slice(0, samples.length);
    });
    return { ...block, channels };
  };
  return {
    process: delay,
    finish: () => ({ channels: held, frames: 100, startFrame: 0, time: 0 }),
  };
};

export default definePipeline({
  name: "Smoothers",
  blockFrames: 256,
  stages: {
    smooth: {
      create: smooth(1, false),
      variants: {
        same: smooth(1, false),
        late: { create: late, latencyFrames: 100 },
        forgets: smooth(1, true),
        quieter: smooth(0.99, false),
      },
    },
    level: ({ emit, parameters }) => ({
      process: ({ channels: [left] }) => { emit("peak", Math.max(...left)); },
    }),
  },
});
`;

describe("waveflame profile --variants", () => {
  const folder = temporaryFolder();

  const run = async (pipeline: string | null, ...options: readonly string[]): Promise<Ended> => {
    await writeFile(join(folder.path, "square.wav"), RECORDING);
    if (pipeline !== null) await writeFile(join(folder.path, "smooth.pipeline.ts"), pipeline);
    return waveflame(folder.path, ["profile", "square.wav", "--set", "samplingMs=0", ...options]);
  };

  const runOf = async (pipeline: string | null, ...options: readonly string[]): Promise<Run> => {
    const { code, out, error } = await run(pipeline, "--json", "-", ...options);
    assert.equal(code, 0, error);
    return JSON.parse(out) as Run;
  };

  it("says what each costs and whether it sounds the same at every block size", async () => {
    const { variants, stages } = await runOf(PIPELINE, "--variants");
    const named = (name: string | null): VariantFigures => variants.find((one) => one.name === name)!;
    assert.deepEqual(
      variants.map(({ name }) => name),
      [null, "same", "late", "forgets", "quieter"],
    );
    assert.equal(stages[0]?.variant, null);
    for (const variant of variants) {
      assert.deepEqual(
        variant.sound.map(({ blockFrames }) => blockFrames),
        [64, 500, 4096],
      );
      assert.ok(variant.stagesMs > 0 && variant.peakMemoryMB > 10);
      assert.equal(variant.sound[0]?.comparedSeconds, 12_345 / RATE);
    }

    const verdicts = Object.fromEntries(
      variants.map(({ name, sound }) => [name ?? "written", verdictOf(sound)]),
    );
    assert.deepEqual(verdicts, {
      written: "identical",
      same: "identical",
      late: "identical",
      forgets: "differs",
      quieter: "differs",
    });

    // A hundredth of what an input of ±0.5 becomes at most.
    const [quieter] = named("quieter").sound;
    const loudest = quieter!.referenceLevel.peakDb!;
    assert.ok(Math.abs(quieter!.difference.peakDb! - (loudest - 40)) < 0.01);
    assert.ok(Math.abs(quieter!.correlation! - 1) < 1e-9);
    for (const { differenceDb } of quieter!.response)
      assert.ok(Math.abs(differenceDb - 20 * Math.log10(0.99)) < 1e-3);

    // It forgets at the first edge between two blocks.
    const [short, , long] = named("forgets").sound;
    assert.ok(short!.difference.at! >= 64 / RATE);
    assert.equal(Math.round(long!.difference.at! * RATE) % 4096, 0);
    assert.ok(short!.difference.rmsDb! > long!.difference.rmsDb!);
    assert.equal(named("same").results.largestDifference, 0);
    assert.ok(Math.abs(named("quieter").results.largestDifference - 0.01) < 1e-6);
  });

  it("prints a table for people", async () => {
    const { out } = await run(PIPELINE, "--variants");
    assert.match(out, /variant\s+time\s+beside as written\s+speed\s+memory\s+sound in blocks of 64/);
    assert.match(out, /forgets .*differs: −[\d.]+\sdBFS at [\d.]+\s(s|ms)/);
    assert.match(out, /late .*identical\s+identical\s+identical/);
  });

  it("says so where there are none", async () => {
    const one = `export default { name: "One", stages: { halves: () => ({ channels: [samples] }) => {
      for (let i = 0; i < samples.length; i++) samples[i] *= 0.5;
    } } };`;
    const found = await runOf(one, "--variants");
    assert.deepEqual(
      steadyFindings(found).map(({ kind }) => kind),
      ["no-variants"],
    );
    assert.deepEqual(found.variants, []);
  });

  it("names the variant that fails, keeps the others, and exits with 2", async () => {
    const failing = PIPELINE.replace(
      "same: smooth(1, false)",
      'same: () => { throw new Error("not built"); }',
    );
    const { code, out, error } = await run(failing, "--variants", "--quiet", "--json", "-");
    assert.equal(code, 2);
    assert.match(error, /^error: Variant "same": .*not built.*\n$/);
    assert.deepEqual(
      (JSON.parse(out) as Run).variants.map(({ name }) => name),
      [null, "late", "forgets", "quieter"],
    );
  });

  it("profiles a pipeline that ships by its name", async () => {
    const { pipeline } = await runOf(null, "--pipeline", "features");
    assert.equal(pipeline.name, "Features and energy");
    assert.ok(pipeline.file.endsWith("dist/pipelines/features/features.pipeline.ts"));
  });
});
