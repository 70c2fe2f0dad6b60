import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openAudioFile, readBlocks, WavWriter, writeWav, type WavWriterOptions } from "waveflame";
import { wavHeader } from "../../src/library/audio/writing/wavHeader.ts";
import { decodeAll, fixturePath } from "../support/audioFixtures.ts";
import { onFullDisk } from "../support/fullDisk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("Writing a WAV file", () => {
  const folder = temporaryFolder();
  const inFolder = (name: string): string => join(folder.path, name);
  const STEREO: WavWriterOptions = { sampleRate: 48_000, channelCount: 2 };
  const left = Float32Array.of(0, 0.5, -1, 1, 0.25);
  const right = Float32Array.of(-0.5, 0, 2, -2, NaN);

  async function written(options: WavWriterOptions): Promise<Buffer> {
    await writeWav(inFolder("out.wav"), [{ channels: [left, right] }], options);
    assert.deepEqual(readdirSync(folder.path), ["out.wav"]);
    return readFileSync(inFolder("out.wav"));
  }

  it("of 16 bits rounds, clips at full scale and makes silence of what is no number", async () => {
    const bytes = await written({ ...STEREO, encoding: "pcm16" });
    const samples = Array.from({ length: 10 }, (_, index) =>
      bytes.readInt16LE(bytes.length - 20 + 2 * index),
    );
    assert.deepEqual(samples, [0, -16_384, 16_384, 0, -32_768, 32_767, 32_767, -32_768, 8192, 0]);
    assert.equal(bytes.readUInt32LE(4), bytes.length - 8);
  });

  for (const encoding of ["pcm16", "pcm24", "pcm32", "float32"] as const) {
    it(`as ${encoding} can be read again, block by block`, async () => {
      await writeWav(inFolder("out.wav"), readBlocks(fixturePath("short.flac")), {
        sampleRate: 22_050,
        channelCount: 2,
        encoding,
      });
      const again = await openAudioFile(inFolder("out.wav"));
      assert.equal(again.sampleRate, 22_050);
      const sound = await decodeAll(await openAudioFile(fixturePath("short.flac")));
      assert.deepEqual((await decodeAll(again)).channels, sound.channels);
    });
  }

  it("of 24 bits and an odd number of bytes is padded", async () => {
    const writer = await WavWriter.create(inFolder("odd.wav"), {
      sampleRate: 8000,
      channelCount: 1,
      encoding: "pcm24",
    });
    await writer.write([Float32Array.of(0.5)]);
    await writer.close();
    const bytes = readFileSync(inFolder("odd.wav"));
    assert.equal(bytes.length % 2, 0);
    assert.equal((await decodeAll(await openAudioFile(inFolder("odd.wav")))).frames, 1);
  });

  it("with triangular dither has an error of a quarter of a step², the same each time", async () => {
    const frames = 20_000;
    const silence = [{ channels: [new Float32Array(frames).fill(0.3 / 32_768)] }];
    const options = { sampleRate: 8000, channelCount: 1, encoding: "pcm16", dither: "triangular" } as const;
    for (const name of ["a.wav", "b.wav"]) await writeWav(inFolder(name), silence, options);
    assert.deepEqual(readFileSync(inFolder("a.wav")), readFileSync(inFolder("b.wav")));
    const { channels } = await decodeAll(await openAudioFile(inFolder("a.wav")));
    const steps = [...channels[0]!].map((sample) => sample * 32_768);
    const mean = steps.reduce((sum, step) => sum + step, 0) / frames;
    const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / frames;
    // Of TPDF dither (Lipshitz, Wannamaker, Vanderkooy 1992): the mean is the signal, the error a quarter of a step².
    assert.ok(Math.abs(mean - 0.3) < 0.02, String(mean));
    assert.ok(Math.abs(variance - 0.25) < 0.02, String(variance));
  });

  it("has a comment among its tags, of an even or odd length, and the same sound", async () => {
    for (const [comment, bytes] of [
      ["of take", "LIST\x14\0\0\0INFOICMT\x08\0\0\0of take\0"],
      ["of také", "LIST\x16\0\0\0INFOICMT\x09\0\0\0of tak\xc3\xa9\0\0"],
    ] as const) {
      const file = await written({ ...STEREO, encoding: "float32", comment });
      assert.ok(file.toString("latin1").includes(bytes), comment);
      assert.equal(file.readUInt32LE(4), file.length - 8);
      const { channels } = await decodeAll(await openAudioFile(inFolder("out.wav")));
      assert.deepEqual(channels, [left, right]);
    }
  });

  it("beyond 4 GB becomes RF64", () => {
    const frames = 2 ** 31;
    const header = wavHeader({ sampleRate: 48_000, channelCount: 1, encoding: "pcm16", comment: "", frames });
    assert.equal(header.toString("latin1", 0, 4), "RF64");
    assert.equal(header.toString("latin1", 12, 16), "ds64");
    assert.equal(header.readUInt32LE(4), 0xffffffff);
    assert.equal(header.readBigUInt64LE(28), 2n ** 32n);
    assert.equal(header.readBigUInt64LE(36), BigInt(frames));
  });

  it("that is given up leaves nothing, and an older file as it was", async () => {
    writeFileSync(inFolder("out.wav"), "older");
    const broken = async function* (): AsyncGenerator<{ channels: Float32Array[] }> {
      yield { channels: [left, right] };
      await Promise.resolve();
      throw new Error("no more");
    };
    await assert.rejects(writeWav(inFolder("out.wav"), broken(), STEREO), { message: "no more" });
    assert.deepEqual(readdirSync(folder.path), ["out.wav"]);
    assert.equal(readFileSync(inFolder("out.wav"), "utf8"), "older");
  });

  it("has as many channels as its first block where nobody says how many", async () => {
    await writeWav(inFolder("out.wav"), [{ channels: [left, right] }], { sampleRate: 48_000 });
    const { channels } = await decodeAll(await openAudioFile(inFolder("out.wav")));
    assert.deepEqual(channels, [left, right]);
    const refused = [
      [[], /^A WAV file of no blocks has no channels: give channelCount\.$/],
      [[left, right], /^writeWav takes blocks: give \[\{ channels: \[left, right\] \}\]\.$/],
    ] as const;
    for (const [blocks, message] of refused)
      await assert.rejects(writeWav(inFolder("none.wav"), blocks as never, { sampleRate: 48_000 }), {
        message,
      });
    await assert.rejects(WavWriter.create(inFolder("none.wav"), { sampleRate: 48_000 } as never), {
      message: "The channelCount of a WAV file is undefined: give a whole number from 1 to 65535.",
    });
    assert.deepEqual(readdirSync(folder.path), ["out.wav"]);
  });

  it("says where it can't be written, in one sentence", async () => {
    await assert.rejects(writeWav(inFolder("no such/out.wav"), [], STEREO), {
      name: "WriteError",
      message: `out.wav can't be written: the folder ${inFolder("no such")} doesn't exist. Make it first.`,
    });
    mkdirSync(inFolder("taken.wav"));
    await assert.rejects(writeWav(inFolder("taken.wav"), [{ channels: [left, right] }], STEREO), {
      name: "WriteError",
      message: /^taken\.wav can't be written: .*\. Choose another/,
    });
    assert.deepEqual(readdirSync(folder.path), ["taken.wav"]);
  });

  it("on a full disk says so and leaves nothing", async () => {
    const blocks = Array.from({ length: 100 }, () => ({ channels: [left, right] }));
    await assert.rejects(
      onFullDisk(500, () => writeWav(inFolder("full.wav"), blocks, STEREO)),
      {
        name: "WriteError",
        message: `full.wav can't be written: the disk is full. Make room in ${folder.path}.`,
      },
    );
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it("refuses channels that aren't those of the file", async () => {
    const writer = await WavWriter.create(inFolder("out.wav"), STEREO);
    await assert.rejects(writer.write([left]), /out\.wav has 2 channels of one length/);
    await assert.rejects(writer.write([left, Float32Array.of(0)]), /other ones were given/);
    await writer.abort();
    assert.deepEqual(readdirSync(folder.path), []);
  });
});
