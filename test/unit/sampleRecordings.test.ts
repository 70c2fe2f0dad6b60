import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeSampleRecordings } from "../../src/client/sample/sampleRecordings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Reads the fields where the WAV specification puts them. */
function header(bytes: Buffer): Record<string, number | string> {
  return {
    riff: bytes.toString("latin1", 0, 4) + bytes.toString("latin1", 8, 12),
    riffBytes: bytes.readUInt32LE(4),
    format: bytes.readUInt16LE(20),
    channels: bytes.readUInt16LE(22),
    sampleRate: bytes.readUInt32LE(24),
    bytesPerSecond: bytes.readUInt32LE(28),
    frameBytes: bytes.readUInt16LE(32),
    bits: bytes.readUInt16LE(34),
    dataBytes: bytes.readUInt32LE(40),
  };
}

const samplesOf = (bytes: Buffer): number[] =>
  Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => bytes.readInt16LE(44 + 2 * i) / 32_768);

describe("the sample's recordings", () => {
  const folder = temporaryFolder();

  it("are ten seconds and one minute of speech and of music", async () => {
    const paths = await writeSampleRecordings(folder.path);
    assert.deepEqual(
      paths.map((path) => basename(path)),
      ["speech.wav", "music.wav", "speech-long.wav", "music-long.wav"],
    );
    const [speech, music, speechLong, musicLong] = await Promise.all(paths.map((path) => readFile(path)));
    assert.ok(speech && music && speechLong && musicLong);
    const mono = {
      riff: "RIFFWAVE",
      format: 1,
      channels: 1,
      sampleRate: 16_000,
      bytesPerSecond: 32_000,
      frameBytes: 2,
      bits: 16,
    };
    const stereo = {
      riff: "RIFFWAVE",
      format: 1,
      channels: 2,
      sampleRate: 44_100,
      bytesPerSecond: 176_400,
      frameBytes: 4,
      bits: 16,
    };
    assert.deepEqual(header(speech), { ...mono, riffBytes: 320_036, dataBytes: 320_000 });
    assert.deepEqual(header(music), { ...stereo, riffBytes: 1_764_036, dataBytes: 1_764_000 });
    assert.equal(speechLong.length, 44 + 60 * 32_000);
    assert.equal(musicLong.length, 44 + 60 * 176_400);
  });

  it("are the same bytes each time", async () => {
    const hashes = async (name: string): Promise<string[]> => {
      const paths = await writeSampleRecordings(join(folder.path, name));
      const contents = await Promise.all(paths.map((path) => readFile(path)));
      return contents.map((bytes) => createHash("sha256").update(bytes).digest("hex"));
    };
    assert.deepEqual(await hashes("once"), await hashes("again"));
  });

  it("are loud enough, don't clip, and the speech has pauses and a silent end", async () => {
    await writeSampleRecordings(folder.path);
    const speech = samplesOf(await readFile(join(folder.path, "speech.wav")));
    const music = samplesOf(await readFile(join(folder.path, "music.wav")));
    for (const samples of [speech, music]) {
      const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      assert.ok(peak > 0.4 && peak < 0.95, `peak ${peak}`);
    }
    assert.ok(speech.slice(-0.8 * 16_000).every((x) => x === 0));
    const loudest = Array.from({ length: 100 }, (_, i) =>
      speech.slice(i * 1600, (i + 1) * 1600).reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    );
    const quiet = loudest.filter((peak) => peak < 0.01).length;
    assert.ok(quiet > 10 && quiet < 60, `${quiet} of 100 tenths of a second are quiet`);
  });

  it("stay as they are where they are already there", async () => {
    await writeFile(join(folder.path, "music.wav"), "mine");
    await writeSampleRecordings(folder.path);
    assert.equal(await readFile(join(folder.path, "music.wav"), "utf8"), "mine");
  });
});
