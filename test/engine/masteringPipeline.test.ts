import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSeekable, openAudioFile, TruePeakMeter } from "waveflame";
import type { Run } from "../../src/core/run/run.ts";
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
  tempoBpm: number | null;
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

/** Noise of an amplitude, the same for the same frame and channel. */
const noise =
  (amplitude: number) =>
  (frame: number, channel: number): number => {
    const wave = Math.sin(12.9898 * (frame + 1) + 78.233 * channel) * 43_758.5453;
    return amplitude * 2 * (wave - Math.floor(wave) - 0.5);
  };

const AS_FLOATS = { "report.wav": "written.wav", "report.bits": 32 };

const near = (found: number, expected: number, within: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= within, `${what} is ${found}, not ${expected} ± ${within}`);

describe("the mastering pipeline", () => {
  const workspace = profiledWorkspace();
  const master = (
    recording: WavOptions,
    parameters: Record<string, number | string | boolean> = {},
  ): Promise<Run> =>
    workspace.profile({ "recording.wav": wavFile(recording) }, { pipeline: PIPELINE, parameters });

  /** One array per channel. */
  const readWritten = async (): Promise<Float32Array[]> => {
    const file = await openAudioFile(join(workspace.path, "written.wav"));
    try {
      return isSeekable(file) ? await file.read(0, file.frames) : [];
    } finally {
      await file.close();
    }
  };

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
      const run = await master(constant, { variant, "equaliser.amount": 0, ...AS_FLOATS });
      const written = await readWritten();
      // Threshold −18 dB: −18 + (−6.02 + 18) / 4, before the gain that the output names.
      const [{ gainDb }] = emitted(run, "output") as unknown as [{ gainDb: number }];
      const level = 20 * Math.log10(written[0]?.[66_150] ?? NaN) - gainDb;
      near(level, -18 + (18 - 6.0206) / 4, 0.001, "The steady level");
      const [{ mean, highest }] = emitted(run, "envelope") as unknown as [{ mean: number; highest: number }];
      // e(n) = 0.5 (1 − α^n) with α = exp(−1 / 441): its mean lies 441 / N of a half below a half.
      near(mean, 0.5 * (1 - 441 / (2 * 44_100)), 0.0001, "The mean envelope");
      near(highest, 0.5, 1e-3, "The highest envelope");
    });

    it(`gives back what it is given where nothing is to be changed, frame by frame, ${variant}`, async () => {
      const quiet: WavOptions = { ...sine(44_100, 1, 2), sample: noise(0.2) };
      const still = { "equaliser.amount": 0, "compressor.thresholdDb": 0 };
      const run = await master(quiet, { variant, ...still, ...AS_FLOATS });
      const written = await readWritten();
      const [{ gainDb }] = emitted(run, "output") as unknown as [{ gainDb: number }];
      const gain = 10 ** (gainDb / 20);
      const again = noise(0.2);
      let largest = 0;
      for (let frame = 0; frame < 44_100; frame++)
        for (const channel of [0, 1])
          largest = Math.max(
            largest,
            Math.abs((written[channel]?.[frame] ?? NaN) / gain - again(frame, channel)),
          );
      assert.ok(20 * Math.log10(largest) < -120, `${20 * Math.log10(largest)} dBFS`);
    });

    it(`hears how fast a track is, and where a tone lies, ${variant}`, async () => {
      const track: WavOptions = {
        ...sine(48_000, 8, 1),
        sample: (frame) => (frame % 24_000 < 480 ? noise(0.8)(frame, 0) : 0),
      };
      const { tempoBpm } = contentOf(await master(track, { variant }));
      near(tempoBpm ?? NaN, 120, 1, "The tempo");

      // A Hann window spreads a sine over the bins at a distance d as sin(πd) / (πd (1 − d²)). The A-weighting of the
      // band's middle, 1028 Hz, lies between 0 dB at 1 kHz and 0.6 dB at 1.25 kHz (IEC 61672).
      const [spectrum] = emitted(await master(sine(48_000, 2, 1), { variant }), "spectrum") as unknown as [
        { frequency: number; level: number }[],
      ];
      const [from, to] = [83, 92];
      const at = (HERTZ * 4096) / 48_000;
      let sum = 0;
      for (let bin = from; bin < to; bin++) {
        const d = bin - at;
        sum += Math.abs(Math.sin(Math.PI * d) / (Math.PI * d * (1 - d * d)));
      }
      const loudest = spectrum.reduce((most, band) => (band.level > most.level ? band : most));
      near(loudest.frequency, 1028, 1, "The loudest band");
      const weight = (0.6 * Math.log(1.028)) / Math.log(1.25);
      near(loudest.level, 20 * Math.log10((0.5 * sum) / (to - from)) + weight, 0.02, "Its level");
    });

    it(`keeps its ceiling between the samples of what it writes, ${variant}`, async () => {
      // Bursts at a quarter of the rate, whose true peak is 3 dB above the samples, and silence: loud and rare.
      const bursts: WavOptions = {
        ...sine(44_100, 2, 1),
        sample: (frame) => (frame % 22_050 < 600 ? 0.9 * Math.sin((Math.PI * frame) / 2 + Math.PI / 4) : 0),
      };
      await master(bursts, { variant, "equaliser.amount": 0, ...AS_FLOATS });
      const meter = new TruePeakMeter();
      meter.push(await readWritten());
      meter.finish();
      assert.ok(meter.peakDb <= -0.95, `${meter.peakDb} dBTP`);
    });

    it(`goes on after a sample that is no number, ${variant}`, async () => {
      const broken: WavOptions = {
        ...sine(44_100, 2, 2),
        sample: (frame, channel) => (frame === 44_100 && channel === 0 ? NaN : noise(0.3)(frame, channel)),
      };
      const run = await master(broken, { variant, ...AS_FLOATS });
      const { rmsDb, centroidHz, loudnessLufs } = contentOf(run);
      for (const figure of [rmsDb, centroidHz, loudnessLufs]) assert.ok(Number.isFinite(figure));
      const [spectrum] = emitted(run, "spectrum") as unknown as [{ level: number }[]];
      assert.ok(spectrum.every(({ level }) => level > -200));
      const written = await readWritten();
      const last = written.map((samples) => samples.slice(-22_050));
      assert.ok(last.every((samples) => samples.every(Number.isFinite) && Math.max(...samples) > 0.1));
    });

    it(`never lets a peak over its ceiling, ${variant}`, async () => {
      const loud: WavOptions = { ...sine(44_100, 1, 2), sample: noise(1) };
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
    const [spectrum] = emitted(run, "spectrum") as unknown as [{ level: number | null }[]];
    assert.ok(spectrum.length === 64 && spectrum.every(({ level }) => level === null));
  });

  it("masters one frame", async () => {
    const run = await master({ ...sine(44_100, 1, 1), frames: 1, sample: () => 0.25 });
    near(contentOf(run).peakDb, -12.0412, 0.001, "The peak level");
  });

  it("names what ran in WebAssembly", async () => {
    const { callTree } = await master({ ...sine(44_100, 4, 2), sample: noise(0.3) });
    const compiled = callTree.functions.filter(({ kind }) => kind === "wasm").map(({ name }) => name);
    assert.ok(compiled.includes("biquads/filter"), compiled.join(", "));
    for (const name of compiled) assert.match(name, /^(pffft function \d+|[a-z]+\/[a-zA-Z]+)$/);
  });

  it("keeps a mono recording one channel", async () => {
    const run = await master(sine(44_100, 1, 1), { "report.wav": "mastered.wav" });
    assert.equal(contentOf(run).stereoWidth, 0);
    // One channel is 3 dB less loud than two of the same.
    near(contentOf(run).loudnessLufs, -9.03, 0.1, "The loudness");
    assert.equal(run.audio.channels, 1);
    const mastered = await openAudioFile(join(workspace.path, "mastered.wav"));
    await mastered.close();
    const { channelCount, sampleRate, encoding, frames } = mastered;
    assert.deepEqual(
      { channelCount, sampleRate, encoding, frames },
      { channelCount: 1, sampleRate: 44_100, encoding: "WAV, 24-bit PCM", frames: 44_100 },
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

  it("says nothing of bands that the sample rate doesn't reach", async () => {
    const [spectrum] = emitted(await master(sine(8000, 2, 1)), "spectrum") as unknown as [
      { frequency: number }[],
    ];
    assert.ok(spectrum.length > 40 && spectrum.every(({ frequency }) => frequency < 4200));
  });

  it("refuses what makes no sense, in a sentence, and to write over the recording", async () => {
    const files = { "recording.wav": wavFile(sine(44_100, 0.2, 1)) };
    for (const [parameters, stage, problem] of [
      [{ "compressor.ratio": 0.5 }, "compressor", "ratio is 0.5: give 1 or more"],
      [{ "limiter.truePeak": 1 }, "limiter", "truePeak is 1: give true or false"],
      [
        { "limiter.lookaheadMs": 0.1 },
        "limiter",
        "lookaheadMs is 0.1, too short for true peaks: give 0.91 or more, or make truePeak false",
      ],
      [{ "compressor.detector": "loud" }, "compressor", 'detector is "loud": give peak, rms or hybrid'],
      [{ "equaliser.amount": "abc" }, "equaliser", 'amount is "abc": give a number'],
      [{ "output.rmsDb": "loud" }, "output", 'rmsDb is "loud": give a number'],
      [{ "report.bits": 17 }, "report", "bits is 17: give 16, 24 or 32"],
      [
        { "report.wav": "{nmae}.wav" },
        "report",
        'wav is "{nmae}.wav": {nmae} isn\'t known, {name} and {file} are',
      ],
      [{ "report.wav": "~/a.wav" }, "report", 'wav is "~/a.wav": "~" isn\'t read here, give the whole path'],
      [{ "report.json": 5 }, "report", "json is 5: give the name of a file"],
      [
        { "report.wav": "out/a.wav", "report.json": "./out/a.wav" },
        "report",
        'json is "./out/a.wav", which wav is, too: choose another name',
      ],
      [
        { "report.wav": "./{name}.wav" },
        "report",
        'wav is "./recording.wav", the recording itself: choose another name',
      ],
    ] as const) {
      for (const variant of ["plain", "as written"]) {
        const failure = await workspace.failure(files, {
          pipeline: PIPELINE,
          parameters: { ...parameters, variant },
        });
        assert.equal(failure.message, `Stage "${stage}" can't take its parameters: ${problem}.`);
        assert.deepEqual(failure.details.where, { stage });
      }
    }
  });

  it("names what it writes after the recording where it is asked to", async () => {
    await master(sine(44_100, 0.2, 1), { "report.wav": "{name}.mastered.wav" });
    const file = await openAudioFile(join(workspace.path, "recording.mastered.wav"));
    await file.close();
    assert.equal(file.frames, 8820);
  });

  it("writes into folders that aren't there yet, and says what it wrote", async () => {
    const run = await master(sine(44_100, 0.2, 1), {
      "report.wav": "out/of/{name}.wav",
      "report.csv": "out/spectrum.csv",
    });
    assert.deepEqual(emitted(run, "written"), [["out/of/recording.wav", "out/spectrum.csv"]]);
    for (const name of ["out/of/recording.wav", "out/spectrum.csv"])
      assert.ok(existsSync(join(workspace.path, name)), name);
    assert.deepEqual(emitted(await master(sine(44_100, 0.2, 1)), "written"), []);
  });

  it("replaces what it wrote for the same recording, and nothing else", async () => {
    const [short, other] = [sine(44_100, 0.2, 1), sine(44_100, 0.3, 1)];
    const parameters = { "report.wav": "{name}.m.wav", "report.json": "all.json", "report.csv": "all.csv" };
    const written = ["recording.m.wav", "all.json", "all.csv"].map((name) => join(workspace.path, name));
    for (let time = 0; time < 2; time++) await master(short, parameters);
    const before = written.map((path) => readFileSync(path));
    for (const [parameter, name] of [
      ["wav", "recording.m.wav"],
      ["json", "all.json"],
      ["csv", "all.csv"],
    ] as const) {
      // Of one name but for the ending.
      const { message } = await workspace.failure(
        { "recording.WAVE": wavFile(other) },
        {
          pipeline: PIPELINE,
          audio: join(workspace.path, "recording.WAVE"),
          parameters: { [`report.${parameter}`]: parameters[`report.${parameter}`] },
        },
      );
      assert.equal(
        message,
        `Stage "report" can't take its parameters: ${parameter} is "${name}", a file that doesn't say that it was written for this recording: choose another name, such as one with {file} in it, or remove that file.`,
      );
    }
    assert.deepEqual(
      written.map((path) => readFileSync(path)),
      before,
    );
    const sound = wavFile(other);
    const failure = await workspace.failure(
      { "recording.wav": wavFile(short), "other take.wav": sound },
      { pipeline: PIPELINE, parameters: { "report.wav": "other take.wav" } },
    );
    assert.match(
      failure.message,
      /^Stage "report" can't take its parameters: wav is "other take\.wav", a file/,
    );
    assert.deepEqual(readFileSync(join(workspace.path, "other take.wav")), Buffer.from(sound));
  });

  it("keeps recordings apart whose names differ in their endings", async () => {
    const run = await master(sine(44_100, 0.2, 1), { "report.wav": "{file}.m.wav" });
    assert.deepEqual(emitted(run, "written"), [["recording.wav.m.wav"]]);
  });

  it("tells recordings apart whose names begin alike", async () => {
    const wav = wavFile(sine(44_100, 0.2, 1));
    workspace.write({ "track.aiff": wav, "track.aif": wav });
    const masterAs = (name: string) => ({
      pipeline: PIPELINE,
      audio: join(workspace.path, name),
      parameters: { "report.wav": "track.m.wav" },
    });
    await workspace.profile({}, masterAs("track.aiff"));
    const { message } = await workspace.failure({}, masterAs("track.aif"));
    assert.match(message, /wav is "track\.m\.wav", a file that doesn't say/);
  });

  it("keeps what somebody has edited and saved under the name, and what isn't a file", async () => {
    const parameters = { "report.wav": "m.wav", "report.json": "all.json" };
    await master(sine(44_100, 0.2, 1), parameters);
    const mastered = readFileSync(join(workspace.path, "m.wav"));
    const figures = readFileSync(join(workspace.path, "all.json"), "utf8");
    // As editors arrange it: the tags behind the sound.
    const tags = mastered.subarray(mastered.indexOf("LIST"), mastered.indexOf("data"));
    const edited = Buffer.concat([
      mastered.subarray(0, mastered.indexOf("LIST")),
      mastered.subarray(mastered.indexOf("data")),
      tags,
    ]);
    for (const [parameter, name, text] of [
      ["wav", "m.wav", edited],
      ["json", "all.json", `{"notes": ${figures}}`],
    ] as const) {
      const { message } = await workspace.failure(
        { [name]: text },
        { pipeline: PIPELINE, parameters: { [`report.${parameter}`]: name } },
      );
      assert.match(message, /a file that doesn't say that it was written for this recording/);
    }
    await assert.rejects(
      workspace.start({}, { pipeline: PIPELINE, parameters: { "report.json": "x".repeat(300) } }).outcome,
      /json is "x+": x+ can't be written: its name is too long\. Choose a shorter one\./,
    );
  });

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
