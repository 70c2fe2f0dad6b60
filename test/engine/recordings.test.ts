import assert from "node:assert/strict";
import { emitted, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { chunk, wavFile, type Encoding, type WavOptions } from "../support/wavFile.ts";

const FRAMES = 1000;

/** Emits every sample of every channel as the stage is given them. */
const LISTEN: Files = {
  "listen.pipeline.ts": `
import { definePipeline } from "waveflame";
export default definePipeline({
  name: "Listen",
  blockFrames: 256,
  stages: {
    listen: ({ emit }) => (block) => {
      block.channels.forEach((samples, channel) => emit("channel " + channel, samples, block.time));
    },
  },
});
`,
};

/** A ramp per channel through multiples of 1/128, which every encoding holds exactly. */
const ramp = (frame: number, channel: number): number => (((frame * (channel + 1)) % 256) - 128) / 128;

describe("a WAV recording", () => {
  const workspace = profiledWorkspace();

  async function heard(options: WavOptions): Promise<void> {
    const wav = { frames: FRAMES, sample: ramp, ...options };
    const run = await workspace.profile({ ...LISTEN, "recording.wav": wavFile(wav) });
    const { channels = 1, sampleRate = 8000, frames } = wav;
    const expected = Array.from({ length: channels }, (_, channel) =>
      Array.from({ length: frames }, (_, frame) => ramp(frame, channel)),
    );
    const given = expected.map((_, channel) => emitted(run, `channel ${channel}`).flat());
    assert.deepEqual(given, expected);
    assert.equal(run.audio.channels, channels);
    assert.equal(run.audio.sampleRate, sampleRate);
    assert.equal(run.audio.frames, frames);
    assert.equal(run.audio.durationSeconds, frames / sampleRate);
    assert.equal(run.audio.encoding, `WAV, ${NAMES[wav.encoding ?? "pcm16"]}`);
    assert.equal(run.audio.path, "recording.wav");
  }

  const NAMES: Record<Encoding, string> = {
    pcm8: "8-bit PCM",
    pcm16: "16-bit PCM",
    pcm24: "24-bit PCM",
    pcm32: "32-bit PCM",
    float32: "32-bit float",
    float64: "64-bit float",
  };

  it("of 8-bit PCM at 8 kHz, mono, reaches stages sample by sample", () =>
    heard({ encoding: "pcm8", sampleRate: 8000 }));
  it("of 16-bit PCM at 44.1 kHz, stereo, does so too", () =>
    heard({ encoding: "pcm16", sampleRate: 44_100, channels: 2 }));
  it("of 24-bit PCM at 96 kHz with five channels does so too", () =>
    heard({ encoding: "pcm24", sampleRate: 96_000, channels: 5 }));
  it("of 32-bit PCM at 192 kHz does so too", () => heard({ encoding: "pcm32", sampleRate: 192_000 }));
  it("of 32-bit float at 48 kHz, stereo, does so too", () =>
    heard({ encoding: "float32", sampleRate: 48_000, channels: 2 }));
  it("of 64-bit float does so too", () => heard({ encoding: "float64", sampleRate: 22_050 }));
  it("in the EXTENSIBLE form, integer, does so too", () =>
    heard({ encoding: "pcm24", channels: 5, extensible: true }));
  it("in the EXTENSIBLE form, float, does so too", () =>
    heard({ encoding: "float32", channels: 2, extensible: true }));
  for (const [name, frames] of [
    ["one frame", 1],
    ["one frame less than a block", 255],
    ["exactly one block", 256],
    ["one frame more than a block", 257],
  ] as const)
    it(`of ${name} does so too`, () => heard({ frames, channels: 2 }));
  const RATES = [8000, 11_025, 16_000, 32_000, 88_200, 96_000, 176_400, 192_000];
  for (const [index, sampleRate] of RATES.entries())
    it(`with ${index + 1} of at most eight channels, at ${sampleRate / 1000} kHz, does so too`, () =>
      heard({ channels: index + 1, sampleRate, encoding: "pcm24" }));

  it("of an hour reaches stages block by block, in segments, and is emitted with its times", async () => {
    const hour = wavFile({ sampleRate: 1000, frames: 3_600_000, encoding: "pcm8", sample: () => 0.25 });
    const pipeline = `export default { blockFrames: 1000, stages: { sum: ({ emit }) => {
      let sum = 0;
      return ({ channels: [samples], time }) => {
        for (const x of samples) sum += x;
        if ((time + 1) % 600 === 0) emit("sum", sum);
      };
    } } };`;
    const run = await workspace.profile(
      { "sum.pipeline.mjs": pipeline, "recording.wav": hour },
      { samplingBudgetMs: 50 },
    );
    assert.deepEqual(
      run.results.map(({ time, value }) => [time, value]),
      [1, 2, 3, 4, 5, 6].map((part) => [part * 600 - 1, part * 150_000]),
    );
    assert.equal(run.stages[0]?.calls, 3600);
    assert.equal(run.totals.deadline?.blocks, 3600);
    assert.equal(run.audio.durationSeconds, 3600);
  });

  it("that was streamed, with 0 for its sizes, is read to its end", () => heard({ claimedSize: 0 }));
  it("that was streamed, with the largest number for its sizes, is read to its end", () =>
    heard({ claimedSize: 0xffffffff, channels: 2 }));
  it("with other chunks of odd size before its audio is found behind their padding", () =>
    heard({ extraChunks: [chunk("LIST", Buffer.from("odd")), chunk("junk", Buffer.alloc(0))] }));

  it("is named by its contents' hash", async () => {
    const run = await workspace.profile({ ...LISTEN, "recording.wav": wavFile({ frames: 0x10 }) });
    // Of 44 bytes of header and 32 zeros.
    const { createHash } = await import("node:crypto");
    assert.equal(
      run.audio.sha256,
      createHash("sha256")
        .update(wavFile({ frames: 0x10 }))
        .digest("hex"),
    );
  });

  it("full of what is no number is profiled, with a finding that says where it begins", async () => {
    const sample = (frame: number): number => (frame < 500 ? 0 : NaN);
    const recording = wavFile({ encoding: "float32", sampleRate: 1000, frames: FRAMES, sample });
    const run = await workspace.profile({ ...LISTEN, "recording.wav": recording });
    const finding = run.findings.find(({ kind }) => kind === "not-a-number-in-recording");
    assert.equal(finding?.where?.time, 0.5);
    assert.match(finding.text, /^500 samples of the recording are no finite number, the first at 0:00\.5/);
    assert.deepEqual(emitted(run, "channel 0").flat().slice(499, 502), [0, null, null]);
  });
});
