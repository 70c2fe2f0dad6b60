import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSeekable, openAudioFile, readBlocks, type Block } from "waveflame";
import { fixturePath } from "../support/audioFixtures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

async function blocksOf(blocks: AsyncIterable<Block>): Promise<Block[]> {
  const all: Block[] = [];
  for await (const block of blocks) all.push(block);
  return all;
}

describe("Reading a file block by block", () => {
  const folder = temporaryFolder();
  const ramp = (frames: number): string => {
    const path = join(folder.path, "ramp.wav");
    writeFileSync(path, wavFile({ frames, sample: (frame) => ((frame % 200) - 100) / 128 }));
    return path;
  };

  it("gives blocks of 8192 frames and a shorter last one, one behind the other", async () => {
    const blocks = await blocksOf(readBlocks(ramp(20_000)));
    assert.deepEqual(
      blocks.map(({ frames, startFrame, time }) => [frames, startFrame, time]),
      [
        [8192, 0, 0],
        [8192, 8192, 1.024],
        [3616, 16_384, 2.048],
      ],
    );
    for (const { channels, frames, startFrame } of blocks) {
      assert.equal(channels.length, 1);
      assert.equal(channels[0]!.length, frames);
      assert.equal(channels[0]![7], (((startFrame + 7) % 200) - 100) / 128);
    }
  });

  it("from anywhere gives each of many reads at once its own samples, and no older ones for those that are gone", async () => {
    const path = ramp(20_000);
    const file = await openAudioFile(path);
    try {
      assert.ok(isSeekable(file));
      await file.read(0, 5000);
      const starts = [0, 31, 5000, 62, 14_999];
      const read = await Promise.all(starts.map((start) => file.read(start, 5000)));
      for (const [index, start] of starts.entries()) {
        const [samples = new Float32Array()] = read[index] ?? [];
        assert.equal(samples.length, 5000);
        for (const at of [0, 1, 4999]) assert.equal(samples[at], (((start + at) % 200) - 100) / 128);
      }
      truncateSync(path, 12_000);
      await assert.rejects(file.read(10_000, 5000), /became shorter while it was read/);
    } finally {
      await file.close();
    }
  });

  it("gives blocks of the length asked for, whatever the pieces that a format is decoded in", async () => {
    const blocks = await blocksOf(readBlocks(fixturePath("stereo.opus"), { blockFrames: 1000 }));
    assert.equal(blocks.length, 72);
    assert.ok(blocks.every(({ frames, channels }) => frames === 1000 && channels.length === 2));
  });

  it("gives one short block of a file with one frame", async () => {
    const blocks = await blocksOf(readBlocks(ramp(1)));
    assert.deepEqual(blocks, [
      { channels: [Float32Array.of(-100 / 128)], frames: 1, startFrame: 0, time: 0 },
    ]);
  });

  it("gives blocks that stay as they were when the next ones come", async () => {
    const blocks = await blocksOf(readBlocks(ramp(3000), { blockFrames: 1000 }));
    assert.equal(new Set(blocks.map(({ channels }) => channels[0]!.buffer)).size, 3);
  });

  it("reads a file that is open and leaves it open", async () => {
    const file = await openAudioFile(ramp(3000));
    assert.equal((await blocksOf(readBlocks(file, { blockFrames: 2000 }))).length, 2);
    assert.equal((await blocksOf(readBlocks(file, { blockFrames: 3000 }))).length, 1);
    await file.close();
  });

  it("refuses blocks of no length", async () => {
    await assert.rejects(blocksOf(readBlocks(ramp(10), { blockFrames: 0 })), /can't have 0 frames/);
  });
});
