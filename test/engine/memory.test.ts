import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, profiledWorkspace, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const MB = 2 ** 20;
const FAR = { highWater: 2 ** 40, critical: 2 ** 40 };

/** A sum over all that came before, a restart at each segment, a stage without memory, and a file stage that listens again. */
const ALL_SCOPES = `export default { name: "All scopes", blockFrames: 4096, stages: {
  sum: ({ emit }) => {
    let sum = 0;
    return ({ channels: [left] }) => { for (const x of left) sum += x; emit("sum", sum); };
  },
  follow: { warmUp: 0.25, create: ({ emit }) => {
    let heard = 0;
    emit("made", 1);
    return ({ frames }) => { heard += frames; emit("heard", heard); };
  } },
  half: { scope: "block", create: ({ emit }) => ({ channels, startFrame }) => {
    for (const samples of channels) for (let i = 0; i < samples.length; i++) samples[i] *= 0.5;
    emit("last", [startFrame, channels.at(-1)[0]]);
  } },
  listen: { scope: "file", create: ({ emit, audio }) => async () => {
    let frames = 0, sum = 0;
    for await (const { startFrame, frames: count, channels } of audio()) {
      if (startFrame !== frames) throw new Error("A gap before " + startFrame);
      frames += count;
      for (const samples of channels) for (const x of samples) sum += x;
    }
    emit("rendered", [frames, sum]);
  } },
} };`;

describe("a recording of eight channels at 192 kHz", () => {
  const workspace = profiledWorkspace();
  const RATE = 192_000;
  const FRAMES = 2.5 * RATE;
  const level = (frame: number, channel: number): number => ((frame >> 12) % 8) / 16 + channel / 128;

  const profile = (workers: number): Promise<Run> =>
    workspace.profile(
      {
        "all.pipeline.mjs": ALL_SCOPES,
        "recording.wav": wavFile({
          sampleRate: RATE,
          channels: 8,
          frames: FRAMES,
          encoding: "pcm8",
          sample: level,
        }),
      },
      { workers, segmentSeconds: 1 },
    );

  it("travels in pieces of a segment, and its values are the same for any number of workers", async () => {
    const one = await profile(1);
    const three = await profile(3);
    assert.deepEqual([one.workers.used, three.workers.used], [1, 3]);
    assert.deepEqual(three.results, one.results);

    // From the definition: a segment is 47 blocks of 4096 frames, whatever pieces it is cut into.
    const blocks = Array.from({ length: Math.ceil(FRAMES / 4096) }, (_, block) => block);
    const framesOf = (block: number): number => Math.min(4096, FRAMES - block * 4096);
    assert.deepEqual(
      emitted(one, "heard"),
      blocks.map((block) => {
        const before = Math.floor(block / 47) * 47;
        const warmUp = before === 0 ? 0 : 12 * 4096;
        return warmUp + (block - before) * 4096 + framesOf(block);
      }),
    );
    assert.equal(emitted(one, "made").length, 3);
    assert.deepEqual(
      emitted(one, "last"),
      blocks.map((block) => [block * 4096, level(block * 4096, 7) / 2]),
    );
    let sum = 0;
    assert.deepEqual(
      emitted(one, "sum"),
      blocks.map((block) => (sum += framesOf(block) * level(block * 4096, 0))),
    );
    const all = blocks.reduce(
      (total, block) =>
        total +
        framesOf(block) * [0, 1, 2, 3, 4, 5, 6, 7].reduce((of, ch) => of + level(block * 4096, ch) / 2, 0),
      0,
    );
    assert.deepEqual(emitted(one, "rendered"), [[FRAMES, all]]);
  });
});

describe("a run that is short of memory", () => {
  const workspace = profiledWorkspace();
  const FILES: Files = {
    "all.pipeline.mjs": ALL_SCOPES,
    "recording.wav": wavFile({ sampleRate: 8000, frames: 400_000, sample: (frame) => (frame % 64) / 128 }),
  };

  it("reads less ahead above the high-water mark, says so, and computes the same", async () => {
    const calm = await workspace.profile(FILES, { workers: 2, segmentSeconds: 1, memoryMarks: FAR });
    const short = await workspace.profile(FILES, {
      workers: 2,
      segmentSeconds: 1,
      memoryMarks: { ...FAR, highWater: MB },
    });
    assert.deepEqual(calm.memory!.events, []);
    assert.equal(calm.memory!.readAheadFrames, 9_600_000);
    assert.ok(calm.memory!.peakMB > 20, `${calm.memory!.peakMB} MB`);

    const [first] = short.memory!.events;
    assert.equal(first?.kind, "high-water");
    assert.equal(first.readAheadFrames, 4_800_000);
    assert.ok(first.residentMB > 1);
    const finding = short.findings.find(({ kind }) => kind === "memory-high-water");
    assert.match(
      finding?.text ?? "",
      /above the high-water mark of 1\.00\s*MB.*waveflame\.memory\.highWaterMB/,
    );
    assert.deepEqual(short.results, calm.results);
  });

  it("gives up what was read ahead at the critical mark, says so, and computes the same", async () => {
    const calm = await workspace.profile(FILES, { workers: 1, segmentSeconds: 1, memoryMarks: FAR });
    const short = await workspace.profile(FILES, {
      workers: 3,
      segmentSeconds: 1,
      memoryMarks: { ...FAR, critical: MB },
    });
    assert.deepEqual(
      short.memory!.events.map(({ kind, readAheadFrames }) => [kind, readAheadFrames]),
      [["critical", 960_000]],
    );
    const finding = short.findings.find(({ kind }) => kind === "memory-critical");
    assert.match(finding?.text ?? "", /above the critical mark of 1\.00\s*MB.*waveflame\.memory\.criticalMB/);
    assert.deepEqual(short.results, calm.results);
  });
});
