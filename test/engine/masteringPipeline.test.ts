import assert from "node:assert/strict";
import { join } from "node:path";
import { openAudioFile } from "waveflame";
import type { Run } from "../../src/core/run.ts";
import { emitted, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile, type WavOptions } from "../support/wavFile.ts";

const PIPELINE = join(import.meta.dirname, "../../dist/pipelines/mastering/mastering.pipeline.ts");

interface Content {
  rmsDb: number;
  peakDb: number;
  crestDb: number;
  centroidHz: number;
  rolloffHz: number;
  zeroCrossingRate: number;
  stereoWidth: number;
  loudnessLufs: number;
  dynamicRangeDb: number | null;
  energy: string;
}

const HERTZ = 1000;

/** A sine of amplitude 0.5. */
const sine = (sampleRate: number, seconds: number, channels: number): WavOptions => ({
  sampleRate,
  channels,
  frames: Math.round(seconds * sampleRate),
  sample: (frame) => 0.5 * Math.sin((2 * Math.PI * HERTZ * frame) / sampleRate),
  encoding: "float32",
});

const near = (found: number, expected: number, within: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= within, `${what} is ${found}, not ${expected} ± ${within}`);

describe("the mastering pipeline", () => {
  const workspace = profiledWorkspace();
  const master = (
    recording: WavOptions,
    parameters: Record<string, number | string | boolean> = {},
  ): Promise<Run> =>
    workspace.profile({ "recording.wav": wavFile(recording) }, { pipeline: PIPELINE, parameters });

  const contentOf = (run: Run): Content => emitted(run, "content")[0] as Content;

  for (const variant of ["plain", "as written"]) {
    it(`tells what a sine is, ${variant}`, async () => {
      const found = contentOf(await master(sine(48_000, 5, 2), { variant }));
      near(found.rmsDb, -9.031, 0.001, "The RMS level");
      near(found.peakDb, -6.0206, 0.001, "The peak level");
      near(found.crestDb, 3.0103, 0.001, "The crest factor");
      near(found.centroidHz, HERTZ, 30, "The centroid");
      near(found.rolloffHz, HERTZ, 48_000 / 1024, "The rolloff");
      near(found.zeroCrossingRate, HERTZ / 48_000, 1e-5, "The zero-crossing rate");
      // EBU Tech 3341: a stereo sine of 1 kHz is as loud in LUFS as its peak in dBFS.
      near(found.loudnessLufs, -6.02, 0.1, "The loudness");
      near(found.stereoWidth, 0, 1e-9, "The stereo width");
      near(found.dynamicRangeDb ?? NaN, 0, 0.01, "The dynamic range");
      assert.equal(found.energy, "high");
    });

    it(`brings a constant from −6 dBFS to −15 dBFS by its ratio of 4, ${variant}`, async () => {
      const constant: WavOptions = { ...sine(44_100, 2, 1), sample: () => 0.5 };
      const run = await master(constant, {
        variant,
        "equaliser.amount": 0,
        "output.rmsDb": 0,
        "output.ceilingDb": 0,
      });
      // Threshold −18 dB: −18 + (−6.02 + 18) / 4. The gain up to 0 dBFS is what is missing.
      const [{ gainDb }] = emitted(run, "output") as unknown as [{ gainDb: number }];
      const quietest = -18 + (18 - 6.0206) / 4;
      assert.ok(gainDb < -quietest, `The gain is ${gainDb} dB.`);
      const [{ mean, highest }] = emitted(run, "envelope") as unknown as [{ mean: number; highest: number }];
      // e(n) = 0.5 (1 − α^n) with α = exp(−1 / 441): its mean lies 441 / N of a half below a half; the EQ's latency is silence first.
      const frames = 2 * 44_100 + 4096;
      near(mean, (0.5 * (2 * 44_100 - 441)) / frames, 0.001, "The mean envelope");
      near(highest, 0.5, 1e-3, "The highest envelope");
    });

    it(`never lets a peak over its ceiling, ${variant}`, async () => {
      let seed = 1;
      const noise = (): number => {
        seed = (seed * 16_807) % 2_147_483_647;
        return seed / 1_073_741_824 - 1;
      };
      const loud: WavOptions = { ...sine(44_100, 1, 2), sample: noise };
      const run = await master(loud, {
        variant,
        "compressor.thresholdDb": 0,
        "output.rmsDb": 20,
        "output.ceilingDb": 0,
      });
      const [{ gainDb, peak }] = emitted(run, "output") as unknown as [{ gainDb: number; peak: number }];
      near(peak, 1, 1e-6, "The normalised peak");
      assert.ok(gainDb >= 1, `The limiter let ${-gainDb} dBFS through.`);
    });
  }

  it("masters a recording shorter than any of its frames", async () => {
    const run = await master(sine(44_100, 0.03, 2));
    assert.equal(run.audio.frames, 1323);
    near(contentOf(run).peakDb, -6.02, 0.01, "The peak level");
    assert.deepEqual(run.findings, []);
  });

  it("masters one frame", async () => {
    const run = await master({ ...sine(44_100, 1, 1), frames: 1, sample: () => 0.25 });
    near(contentOf(run).peakDb, -12.0412, 0.001, "The peak level");
  });

  it("keeps a mono recording one channel", async () => {
    const run = await master(sine(44_100, 1, 1), { "report.wav": "mastered.wav" });
    assert.equal(contentOf(run).stereoWidth, 0);
    // One channel is 3 dB less loud than two of the same.
    near(contentOf(run).loudnessLufs, -9.03, 0.1, "The loudness");
    assert.equal(run.audio.channels, 1);
    const mastered = await openAudioFile(join(workspace.path, "mastered.wav"));
    await mastered.close();
    // Behind the sound lies the latency of the equaliser, the compressor and the limiter.
    const { channelCount, sampleRate, encoding, frames } = mastered;
    assert.deepEqual(
      { channelCount, sampleRate, encoding, frames },
      { channelCount: 1, sampleRate: 44_100, encoding: "WAV, 24-bit PCM", frames: 44_100 + 4096 + 221 + 221 },
    );
  });

  for (const rate of [48_000, 96_000]) {
    it(`finds the same at ${rate / 1000} kHz`, async () => {
      const found = contentOf(await master(sine(rate, 3, 2)));
      near(found.rmsDb, -9.031, 0.001, "The RMS level");
      near(found.centroidHz, HERTZ, 60, "The centroid");
      near(found.zeroCrossingRate, HERTZ / rate, 1e-5, "The zero-crossing rate");
      near(found.loudnessLufs, -6.02, 0.1, "The loudness");
    });
  }

  it("masters more than five minutes, with the spectrum shared among workers, to the same values", async () => {
    const long = sine(8000, 310, 1);
    const [shared, inOrder] = [await master(long), await master(long, { useParallelSpectrum: false })];
    const levels = (run: Run): { level: number }[] => emitted(run, "spectrum")[0] as { level: number }[];
    assert.equal(emitted(shared, "spectrum of a stretch").length, 31);
    assert.equal(emitted(inOrder, "spectrum of a stretch").length, 1);
    levels(shared).forEach(({ level }, band) =>
      near(level, levels(inOrder)[band]?.level ?? NaN, 1e-6, `Band ${band}`),
    );
  });

  it("takes the plain ways where the one switch for all is off", async () => {
    const run = await workspace.profile(
      { "recording.wav": wavFile(sine(44_100, 1, 1)) },
      { pipeline: PIPELINE, pipelineSettings: { optimize: false } },
    );
    const files = new Set(run.lines.map(({ file }) => file.replace(/.*\/pipelines\//, "")));
    assert.ok(
      [...files].some((file) => file.startsWith("mastering/plain/")),
      [...files].join(),
    );
    assert.ok(![...files].some((file) => file.startsWith("mastering/optimised/")), [...files].join());
  });
});
