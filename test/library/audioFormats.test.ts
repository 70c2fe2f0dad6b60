import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AudioFileError, isSeekable, openAudioFile } from "waveflame";
import {
  audioReferences,
  decodeAll,
  fixtureBytes,
  fixturePath,
  interleaved,
  type AudioReference,
  type Decoded,
} from "../support/audioFixtures.ts";
import { aiffFile, type AiffOptions } from "../support/aiffFile.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

const ENCODINGS: Readonly<Record<string, string>> = {
  "short.flac": "FLAC, 16-bit",
  "24 bit.flac": "FLAC, 24-bit",
  "stereo.mp3": "MP3",
  "mono without tag.mp3": "MP3",
  "stereo.ogg": "Ogg Vorbis",
  "surround.ogg": "Ogg Vorbis",
  "stereo.opus": "Ogg Opus",
  "surround.opus": "Ogg Opus",
};
const LOSSY = 1e-4;

function assertSounds(decoded: Decoded, reference: AudioReference): void {
  assert.equal(decoded.frames, reference.frames);
  assert.deepEqual(decoded.problems, []);
  if (reference.sha256 !== undefined) {
    const bytes = Buffer.from(interleaved(decoded.channels).buffer);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), reference.sha256);
  }
  for (const [index, frame] of (reference.samples ?? []).entries()) {
    const at = index * (reference.every ?? 1);
    for (const [channel, sample] of frame.entries()) {
      const difference = Math.abs(decoded.channels[channel]![at]! - sample);
      assert.ok(difference < LOSSY, `Frame ${at} of channel ${channel} is off by ${difference}.`);
    }
  }
}

describe("An audio file", () => {
  const folder = temporaryFolder();
  const references = audioReferences();
  const written = (name: string, ...parts: readonly Uint8Array[]): string => {
    const path = join(folder.path, name);
    writeFileSync(path, Buffer.concat(parts));
    return path;
  };

  for (const [name, encoding] of Object.entries(ENCODINGS)) {
    it(`such as ${name} has the length and the samples that ffmpeg gives it`, async () => {
      const reference = references[name]!;
      const file = await openAudioFile(fixturePath(name));
      assert.equal(file.encoding, encoding);
      assert.equal(file.sampleRate, reference.sampleRate);
      assert.equal(file.channelCount, reference.channels);
      assert.equal(isSeekable(file), false);
      assertSounds(await decodeAll(file), reference);
    });
  }

  it("can be decoded twice, with the same samples", async () => {
    const file = await openAudioFile(fixturePath("stereo.ogg"));
    for await (const [left] of file.decode()) if (left!.length > 0) break;
    assertSounds(await decodeAll(file), references["stereo.ogg"]!);
  });

  for (const name of ["stereo.mp3", "short.flac", "stereo.ogg", "stereo.opus"]) {
    it(`is known by its contents: ${name} under the name of a WAV file`, async () => {
      const file = await openAudioFile(written("take.wav", fixtureBytes(name)));
      assertSounds(await decodeAll(file), references[name]!);
    });
  }

  const id3 = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\x02\x10", "latin1"), Buffer.alloc(0x110)]);
  const id3AtEnd = Buffer.concat([Buffer.from("TAG"), Buffer.alloc(125, 0x20)]);
  const apeFooter = Buffer.alloc(32);
  apeFooter.write("APETAGEX");
  apeFooter.writeUInt32LE(2000, 8);
  apeFooter.writeUInt32LE(132, 12);
  const ape = Buffer.concat([Buffer.alloc(100, 0xff), apeFooter]);

  for (const name of ["stereo.mp3", "short.flac"]) {
    it(`may have tags before and behind it: ${name}`, async () => {
      const path = written("tagged", id3, fixtureBytes(name), ape, id3AtEnd);
      assertSounds(await decodeAll(await openAudioFile(path)), references[name]!);
    });
  }

  for (const name of ["stereo.ogg", "stereo.opus"]) {
    it(`may be several put one behind the other: ${name}`, async () => {
      const path = written("chained", fixtureBytes(name), fixtureBytes(name));
      const { frames, problems, channels } = await decodeAll(await openAudioFile(path));
      const reference = references[name]!;
      assert.equal(frames, 2 * reference.frames);
      assert.deepEqual(problems, []);
      const [first, second] = [channels[0]!.subarray(0, 1000), channels[0]!.subarray(reference.frames)];
      assert.deepEqual(first, second.subarray(0, 1000));
    });
  }

  /** The sentence on a file where no ffmpeg is to be had. */
  async function withoutFfmpeg(path: string): Promise<string> {
    const before = process.env["PATH"];
    process.env["PATH"] = folder.path;
    try {
      await openAudioFile(path);
    } catch (error) {
      assert.ok(error instanceof AudioFileError);
      return error.message;
    } finally {
      process.env["PATH"] = before;
    }
    throw new assert.AssertionError({ message: "The file was expected to be refused." });
  }

  it("that is decoded by ffmpeg says so where there is none", async () => {
    assert.equal(
      await withoutFfmpeg(fixturePath("mono.m4a")),
      "mono.m4a is MPEG-4 audio or video, which is decoded by ffmpeg, and there is none on the PATH. Install ffmpeg, or convert the file to WAV.",
    );
  });

  it("of WAV or AIFF with compressed samples names their encoding where there is no ffmpeg", async () => {
    const aLaw = Buffer.from(wavFile());
    aLaw.writeUInt16LE(6, 20);
    assert.equal(
      await withoutFfmpeg(written("a-law.wav", aLaw)),
      "a-law.wav stores 16 bits a sample in WAV encoding 6, which isn't read. Export it as PCM of 8 to 32 bits or as float, or install ffmpeg.",
    );
    const ima4 = aiffFile({ bits: 16, frames: 64, sample: () => 0, compression: "ima4" });
    assert.match(await withoutFfmpeg(written("ima4.aifc", ima4)), /AIFF encoding "ima4", which isn't read/);
  });

  it("of WAV with compressed samples is refused, too, where it is shorter than its header says", async () => {
    const aLaw = Buffer.from(wavFile());
    aLaw.writeUInt16LE(6, 20);
    await assert.rejects(openAudioFile(written("cut.wav", aLaw.subarray(0, 2000))), /cut\.wav is truncated/);
  });

  it("that is a pipe is refused instead of waited for", async function () {
    const pipe = join(folder.path, "pipe.wav");
    if (spawnSync("mkfifo", [pipe]).status !== 0) {
      console.log("      Not run: there is no mkfifo here.");
      this.skip();
    }
    await assert.rejects(openAudioFile(pipe), /pipe\.wav is no file on a disk/);
  });

  it("of anything else isn't taken for sound", async () => {
    const junk = written("junk.mp3", Buffer.from("Not a recording. ".repeat(500)));
    await assert.rejects(openAudioFile(junk), /junk\.mp3 isn't audio in a format that Waveflame reads/);
  });

  it("ends its decoding with the reason it was cancelled for", async () => {
    const file = await openAudioFile(fixturePath("stereo.mp3"));
    const cancel = new AbortController();
    await assert.rejects(
      async () => {
        for await (const piece of file.decode({ signal: cancel.signal })) {
          assert.ok(piece.length > 0);
          cancel.abort(new Error("enough"));
        }
      },
      { message: "enough" },
    );
    await file.close();
  });
});

describe("An AIFF file", () => {
  const folder = temporaryFolder();
  const FRAMES = 1000;
  /** Multiples of 1/128, which every encoding holds exactly. */
  const ramp = (frame: number, channel: number): number => (((frame * (channel + 1)) % 256) - 128) / 128;

  async function sounds(options: Partial<AiffOptions>, encoding: string): Promise<void> {
    const made = { bits: 16 as const, frames: FRAMES, sample: ramp, ...options };
    const path = join(folder.path, "take.aiff");
    writeFileSync(path, aiffFile(made));
    const file = await openAudioFile(path);
    const { channels = 1, sampleRate = 8000 } = made;
    assert.equal(file.encoding, `AIFF, ${encoding}`);
    assert.equal(file.sampleRate, sampleRate);
    assert.equal(file.frames, FRAMES);
    assert.ok(isSeekable(file));
    const middle = await file.read(500, 10);
    const decoded = await decodeAll(file);
    for (let channel = 0; channel < channels; channel++) {
      const expected = Array.from({ length: FRAMES }, (_, frame) => ramp(frame, channel));
      assert.deepEqual([...decoded.channels[channel]!], expected);
      assert.deepEqual([...middle[channel]!], expected.slice(500, 510));
    }
  }

  it("of 8 bits, mono, is read sample by sample", () => sounds({ bits: 8 }, "8-bit PCM"));
  it("of 16 bits, stereo, at 44.1 kHz", () => sounds({ channels: 2, sampleRate: 44_100 }, "16-bit PCM"));
  it("of 24 bits and 8 channels at 192 kHz", () =>
    sounds({ bits: 24, channels: 8, sampleRate: 192_000 }, "24-bit PCM"));
  it("of 32 bits", () => sounds({ bits: 32, channels: 2 }, "32-bit PCM"));
  it("with its bytes the other way round", () => sounds({ compression: "sowt", channels: 2 }, "16-bit PCM"));
  it("of unsigned bytes", () => sounds({ compression: "raw ", bits: 8 }, "8-bit PCM"));
  it("of 32-bit floats", () => sounds({ compression: "fl32", bits: 32, channels: 3 }, "32-bit float"));
  it("of 64-bit floats", () => sounds({ compression: "fl64", bits: 64 }, "64-bit float"));
  it("that was streamed is read to its end", () =>
    sounds({ claimedFrames: 0, claimedSize: 0 }, "16-bit PCM"));

  it("that is shorter than its header says is refused", async () => {
    const path = join(folder.path, "cut.aiff");
    writeFileSync(path, aiffFile({ bits: 16, frames: 2048, sample: ramp }).subarray(0, -1024));
    await assert.rejects(openAudioFile(path), {
      name: "AudioFileError",
      message:
        "cut.aiff is truncated: its header promises 4.00\u202fKB of audio and 3.00\u202fKB are there. Copy or export it again.",
    });
  });
});
