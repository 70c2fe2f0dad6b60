import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { profiledWorkspace } from "../support/profiledWorkspace.ts";
import { chunk, wavFile } from "../support/wavFile.ts";

const PIPELINE = {
  "good.pipeline.mjs": `export default { name: "Good", stages: { pass: () => () => {} } };`,
};

const SAYS_WHAT_IS_WRONG =
  /^recording\.wav (holds no sound that can be decoded|is an? (Vorbis|Opus) file whose headers are damaged)/;

describe("a recording that can't be profiled", () => {
  const workspace = profiledWorkspace();

  async function sentenceOn(recording: Uint8Array | string): Promise<string> {
    const failure = await workspace.failure({ ...PIPELINE, "recording.wav": recording });
    assert.equal(failure.details.kind, "audio");
    return failure.message;
  }

  it("because it isn't there is named with its path", async () => {
    const audio = join(workspace.path, "no such.wav");
    const failure = await workspace.failure(PIPELINE, { audio });
    assert.equal(failure.message, `${audio} doesn't exist. Check the path.`);
    assert.equal(failure.details.kind, "audio");
  });

  it("because it is a folder is called one", async () => {
    mkdirSync(join(workspace.path, "takes.wav"), { recursive: true });
    const failure = await workspace.failure(PIPELINE, { audio: join(workspace.path, "takes.wav") });
    assert.equal(failure.message, "takes.wav is a folder. Choose a recording in it.");
  });

  it("because it is empty is called empty", async () => {
    assert.equal(await sentenceOn(""), "recording.wav is empty. Choose a recording that holds audio.");
  });

  it("because it is a text with another name isn't taken for audio", async () => {
    assert.equal(
      await sentenceOn("Some notes on the recording, saved under its name."),
      "recording.wav isn't audio in a format that Waveflame reads, whatever its name ends in, or its beginning is damaged. Choose a recording.",
    );
  });

  it("because it was cut off says how much is there of what was promised", async () => {
    const whole = wavFile({ frames: 2048 });
    assert.equal(
      await sentenceOn(whole.subarray(0, whole.length - 1024)),
      "recording.wav is truncated: its header promises 4.00\u202fKB of audio and 3.00\u202fKB are there. Copy or export it again.",
    );
  });

  it("because only its first chunks are there says which one is missing", async () => {
    assert.match(
      await sentenceOn(wavFile().subarray(0, 12)),
      /no complete WAV file: its format chunk is missing/,
    );
    assert.match(
      await sentenceOn(wavFile().subarray(0, 36)),
      /no complete WAV file: its data chunk is missing/,
    );
    assert.match(await sentenceOn(wavFile().subarray(0, 24)), /its format chunk is cut off/);
  });

  it("because it has no channels says so", async () => {
    assert.match(await sentenceOn(wavFile({ channels: 0 })), /^recording\.wav says that it has no channels/);
  });

  it("because it has no frames says so", async () => {
    assert.match(await sentenceOn(wavFile({ frames: 0 })), /^recording\.wav holds no audio/);
  });

  it("because it has no frames says so too where something else comes after them", async () => {
    const empty = wavFile({ frames: 0 });
    const titled = Buffer.concat([empty, chunk("LIST", Buffer.from("INFOINAM\x04\0\0\0name"))]);
    titled.writeUInt32LE(titled.length - 8, 4);
    assert.match(await sentenceOn(titled), /^recording\.wav holds no audio/);
  });

  it("because its rate is nothing says so", async () => {
    assert.match(await sentenceOn(wavFile({ sampleRate: 0 })), /sample rate is 0 Hz/);
  });

  for (const { name, first } of [
    { name: "MPEG-4 audio or video", first: Buffer.from("\0\0\0\x20ftypM4A ") },
    { name: "WMA or ASF", first: Buffer.from("3026b2758e66cf11", "hex") },
    { name: "AAC", first: Buffer.from([0xff, 0xf1, 0x50, 0x80]) },
  ]) {
    it(`because it only seems to be ${name} is called that, with what ffmpeg says or that there is none`, async () => {
      assert.match(
        await sentenceOn(Buffer.concat([first, Buffer.alloc(500)])),
        new RegExp(`^recording\\.wav is ${name}(,| in) which (ffmpeg finds no sound|is decoded by ffmpeg)`),
      );
    });
  }

  for (const { encoding, first } of [
    {
      encoding: "FLAC",
      first: Buffer.from("fLaC\x80\0\0\x22".padEnd(18, "\x10") + "\x0a\xc4\x42\xf0", "latin1"),
    },
    { encoding: "Vorbis", first: oggPage("\x01vorbis") },
    { encoding: "Opus", first: oggPage("OpusHead") },
  ]) {
    it(`because it holds nothing but the beginning of ${encoding} says so`, async () => {
      assert.match(await sentenceOn(Buffer.concat([first, Buffer.alloc(500)])), SAYS_WHAT_IS_WRONG);
    });
  }

  it("because it is a tag of MP3 without any sound says so", async () => {
    assert.equal(
      await sentenceOn(Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\0"), Buffer.alloc(500)])),
      "recording.wav has no frame of MP3 that is whole. Copy or export it again.",
    );
  });

  it("because its chunks are in the wrong order is called damaged", async () => {
    const body = Buffer.concat([Buffer.from("WAVE"), chunk("data", Buffer.alloc(100))]);
    assert.match(await sentenceOn(chunk("RIFF", body)), /^recording\.wav is damaged/);
  });
});

/** An Ogg page: 28 bytes of header before the packet that names its codec. */
function oggPage(packet: string): Buffer {
  const page = Buffer.alloc(28 + packet.length);
  page.write("OggS");
  page.write(packet, 28, "latin1");
  return page;
}
