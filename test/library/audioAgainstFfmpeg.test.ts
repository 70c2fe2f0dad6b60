import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openAudioFile } from "waveflame";
import { decodeAll, fixtureBytes, interleaved } from "../support/audioFixtures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

interface Comparison {
  readonly name: string;
  /** What ffmpeg makes the file with. */
  readonly encode: readonly string[];
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames?: number;
  /** ffmpeg's decoder, where it has several. */
  readonly decoder?: string;
  /** The greatest difference of a sample. */
  readonly within: number;
}

const LOSSY = 1e-4;
const MP3 = ["-c:a", "libmp3lame", "-b:a", "64k"];
const VORBIS = ["-c:a", "libvorbis", "-q:a", "3"];
const OPUS = ["-c:a", "libopus", "-b:a", "96k"];
const OPUS_BY_LIBRARY = "libopus";

// Of Ogg Vorbis of a single page, up to a second, ffmpeg gets the length wrong by a part of a block: here they are longer.
const COMPARISONS: readonly Comparison[] = [
  { name: "8k.mp3", encode: ["-c:a", "libmp3lame"], sampleRate: 8000, channels: 1, within: LOSSY },
  { name: "32k.mp3", encode: MP3, sampleRate: 32_000, channels: 2, within: LOSSY },
  {
    name: "48k.mp3",
    encode: ["-c:a", "libmp3lame", "-q:a", "2"],
    sampleRate: 48_000,
    channels: 2,
    within: LOSSY,
  },
  { name: "one frame.mp3", encode: MP3, sampleRate: 44_100, channels: 1, frames: 1, within: LOSSY },
  { name: "44k.mp2", encode: ["-c:a", "mp2"], sampleRate: 44_100, channels: 2, within: LOSSY },
  { name: "8k.flac", encode: ["-c:a", "flac"], sampleRate: 8000, channels: 1, within: 0 },
  { name: "192k.flac", encode: ["-c:a", "flac"], sampleRate: 192_000, channels: 1, within: 0 },
  { name: "eight.flac", encode: ["-c:a", "flac"], sampleRate: 48_000, channels: 8, within: 0 },
  {
    name: "24 bit.flac",
    encode: ["-c:a", "flac", "-sample_fmt", "s32"],
    sampleRate: 96_000,
    channels: 2,
    within: 0,
  },
  { name: "one frame.flac", encode: ["-c:a", "flac"], sampleRate: 44_100, channels: 2, frames: 1, within: 0 },
  { name: "16k.ogg", encode: VORBIS, sampleRate: 16_000, channels: 1, within: LOSSY },
  { name: "96k.ogg", encode: VORBIS, sampleRate: 96_000, channels: 2, frames: 150_000, within: LOSSY },
  { name: "eight.ogg", encode: VORBIS, sampleRate: 48_000, channels: 8, frames: 80_000, within: LOSSY },
  {
    name: "mono.opus",
    encode: OPUS,
    sampleRate: 48_000,
    channels: 1,
    decoder: OPUS_BY_LIBRARY,
    within: LOSSY,
  },
  {
    name: "eight.opus",
    encode: OPUS,
    sampleRate: 48_000,
    channels: 8,
    decoder: OPUS_BY_LIBRARY,
    within: LOSSY,
  },
  {
    name: "one frame.opus",
    encode: OPUS,
    sampleRate: 48_000,
    channels: 2,
    frames: 1,
    decoder: OPUS_BY_LIBRARY,
    within: LOSSY,
  },
  { name: "aac.m4a", encode: ["-c:a", "aac"], sampleRate: 44_100, channels: 2, within: 0 },
  { name: "wma.wma", encode: ["-c:a", "wmav2"], sampleRate: 44_100, channels: 2, within: 0 },
  { name: "core.caf", encode: ["-c:a", "pcm_s24be"], sampleRate: 44_100, channels: 3, within: 0 },
  { name: "video.mkv", encode: ["-c:a", "ac3"], sampleRate: 48_000, channels: 6, within: 0 },
  { name: "deep.aiff", encode: ["-c:a", "pcm_s24be"], sampleRate: 44_100, channels: 2, within: 0 },
  { name: "a-law.wav", encode: ["-c:a", "pcm_alaw"], sampleRate: 8000, channels: 1, within: 0 },
  {
    name: "mu-law.aifc",
    encode: ["-f", "aiff", "-c:a", "pcm_mulaw"],
    sampleRate: 8000,
    channels: 1,
    within: 0,
  },
];

const ffmpeg = (...parameters: string[]): ReturnType<typeof spawnSync> =>
  spawnSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...parameters], { maxBuffer: 2 ** 28 });

describe("Decoding against ffmpeg", () => {
  const folder = temporaryFolder();

  before(function () {
    if (ffmpeg("-version").status === 0) return;
    console.log("    Not run: there is no ffmpeg on the PATH.");
    this.skip();
  });

  const sound = (frame: number, channel: number): number =>
    0.4 * Math.sin((frame * (channel + 1)) / 40) + 0.2 * Math.sin(frame * frame * 1e-6 + channel);

  for (const { name, encode, sampleRate, channels, frames = 30_000, decoder, within } of COMPARISONS) {
    it(`gives the same length and samples: ${name}, ${sampleRate} Hz, ${channels} channels`, async function () {
      const [wav, path] = [join(folder.path, "sound.wav"), join(folder.path, name)];
      writeFileSync(wav, wavFile({ sampleRate, channels, frames, sample: sound }));
      const made = ffmpeg("-i", wav, ...encode, path);
      if (made.status !== 0) {
        console.log(
          `      Not run: this ffmpeg can't make it (${String(made.stderr).split("\n")[0] ?? ""}).`,
        );
        this.skip();
      }
      const input = [...(decoder ? ["-c:a", decoder] : []), "-i", path];
      const { stdout } = ffmpeg(...input, "-map", "0:a:0", "-f", "f32le", "-c:a", "pcm_f32le", "-");
      assert.ok(Buffer.isBuffer(stdout));
      const expected = new Float32Array(new Uint8Array(stdout).buffer);
      const decoded = await decodeAll(await openAudioFile(path));
      assert.deepEqual(decoded.problems, []);
      const given = interleaved(decoded.channels);
      assert.equal(given.length, expected.length);
      const worst = given.reduce((most, sample, at) => Math.max(most, Math.abs(sample - expected[at]!)), 0);
      assert.ok(worst <= within, `A sample is off by ${worst}.`);
    });
  }

  it("takes what ffmpeg says of a damaged file as a problem of the sound", async () => {
    const bytes = fixtureBytes("mono.m4a");
    const path = join(folder.path, "cut.m4a");
    bytes.fill(0x55, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.5));
    writeFileSync(path, bytes);
    const { frames, problems } = await decodeAll(await openAudioFile(path));
    assert.ok(frames > 0);
    assert.ok(problems.length > 0);
  });
});
