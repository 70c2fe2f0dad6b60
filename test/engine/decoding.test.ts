import assert from "node:assert/strict";
import { formatPosition } from "../../src/core/format.ts";
import { Buffer } from "node:buffer";
import { audioReferences, fixtureBytes } from "../support/audioFixtures.ts";
import { emitted, failureOf, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";

/** Emits how many frames there are and every 97th sample of the first channel. */
const LISTEN: Files = {
  "listen.pipeline.ts": `
import { definePipeline } from "waveflame";
export default definePipeline({
  name: "Listen",
  blockFrames: 1000,
  stages: {
    listen: ({ emit }) => ({ channels: [left], frames, startFrame }) => {
      emit("frames", frames);
      const first = (97 - (startFrame % 97)) % 97;
      const picked = [];
      for (let frame = first; frame < frames; frame += 97) picked.push(left[frame]);
      emit("samples", picked);
    },
  },
});
`,
};

describe("a compressed recording", () => {
  const workspace = profiledWorkspace();
  const references = audioReferences();

  for (const name of ["stereo.mp3", "stereo.ogg", "stereo.opus"]) {
    it(`such as ${name} is decoded ahead of the workers and reaches the stages whole`, async () => {
      const files = { ...LISTEN, "recording.wav": fixtureBytes(name) };
      const run = await workspace.profile(files, { workers: 2, segmentSeconds: 0.5 });
      const reference = references[name]!;
      assert.equal(run.audio.frames, reference.frames);
      assert.equal(run.audio.sampleRate, reference.sampleRate);
      assert.equal(run.audio.channels, 2);
      assert.ok(run.audio.decodeMs > 0);
      assert.equal(
        run.findings.some(({ kind }) => kind === "decoded-with-errors"),
        false,
      );
      const frames = emitted(run, "frames").reduce((sum: number, value) => sum + (value as number), 0);
      assert.equal(frames, reference.frames);
      const samples = emitted(run, "samples").flat() as number[];
      const expected = reference.samples!.map(([left]) => left!);
      assert.equal(samples.length, expected.length);
      assert.ok(samples.every((sample, index) => Math.abs(sample - expected[index]!) < 1e-4));
    });
  }

  it("that is cut off is profiled until there, with a finding that says where", async () => {
    const bytes = fixtureBytes("stereo.mp3");
    const files = { ...LISTEN, "recording.wav": bytes.subarray(0, Math.floor(bytes.length / 2)) };
    const run = await workspace.profile(files);
    const found = run.findings.find(({ kind }) => kind === "decoded-with-errors");
    assert.equal(found?.severity, "warning");
    assert.ok(Math.abs(found.where!.time! - 0.75) < 0.1);
    assert.match(
      found.text,
      /^recording\.wav is cut off: it ends [78]\d\d\u202fms early, at 0:00\.[78]\. Only what is there was profiled, and at its end times along the file are unreliable\./,
    );
  });

  for (const [name, promise] of [
    ["short.flac", "ends \\d+\u202fms early, at END"],
    ["stereo.ogg", "ends at END, before its sound does"],
    ["stereo.opus", "ends at END, before its sound does"],
  ] as const) {
    it(`that is cut off within one place is told so as one: ${name}`, async () => {
      const bytes = fixtureBytes(name);
      const run = await workspace.profile({
        ...LISTEN,
        "recording.wav": bytes.subarray(0, Math.floor(bytes.length * 0.6)),
      });
      const { text } = run.findings.find(({ kind }) => kind === "decoded-with-errors")!;
      const end = formatPosition(run.audio.durationSeconds).replace(".", "\\.");
      assert.match(text, new RegExp(`^recording\\.wav is cut off: it ${promise.replace("END", end)}\\. `));
    });
  }

  for (const name of ["stereo.mp3", "stereo.ogg", "stereo.opus"]) {
    it(`that is whole, with something else behind it, isn't taken for one that ends early: ${name}`, async () => {
      for (const tail of ["x".repeat(800), "junk"]) {
        const bytes = Buffer.concat([fixtureBytes(name), Buffer.from(tail)]);
        const run = await workspace.profile({ ...LISTEN, "recording.wav": bytes });
        assert.equal(run.audio.frames, references[name]!.frames);
        const found = run.findings.find(({ kind }) => kind === "decoded-with-errors");
        assert.doesNotMatch(found?.text ?? "", /it ends/);
      }
    });
  }

  for (const name of ["stereo.mp3", "short.flac", "stereo.ogg", "stereo.opus"]) {
    it(`with bits turned over in its sound is profiled and marked: ${name}`, async () => {
      const bytes = Buffer.from(fixtureBytes(name));
      for (const part of [0.7, 0.8, 0.9]) bytes[Math.floor(bytes.length * part)]! ^= 0x5a;
      const run = await workspace.profile({ ...LISTEN, "recording.wav": bytes });
      assert.ok(run.audio.frames > 0);
      assert.ok(run.findings.some(({ kind }) => kind === "decoded-with-errors"));
    });
  }

  it("tells how far its decoding is, and is cancelled while it lasts", async () => {
    // Two hundred times the same frames: long enough to be met while it is decoded.
    const long = Buffer.concat(Array.from({ length: 200 }, () => fixtureBytes("mono without tag.mp3")));
    const running = workspace.start({ ...LISTEN, "recording.wav": long });
    await running.reached(({ phase }) => phase === "decoding");
    running.cancel();
    const failure = await failureOf(running);
    assert.equal(failure.details.kind, "cancelled");
    workspace.assertNothingLeft();
  });
});
