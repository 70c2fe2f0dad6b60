// Makes test/fixtures/audio/ anew: small encoded files of a signal of our own, and what ffmpeg decodes of them. Needs ffmpeg,
// lame, flac, oggenc and opusenc: `node scripts/audio-fixtures.mjs`. The tests themselves need none of them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../test/fixtures/audio", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "waveflame-fixtures-"));
/** Of lossy files, one frame in so many is written down. */
const EVERY = 97;

const run = (program, ...parameters) =>
  execFileSync(program, parameters, { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 28 });

/** Two tones and clicks of noise, another pitch for each channel. */
function signal(sampleRate, channels, seconds) {
  let seed = 4711;
  const noise = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0), seed / 2 ** 31 - 1);
  const frames = Math.round(sampleRate * seconds);
  const samples = new Float32Array(frames * channels);
  for (let index = 0; index < samples.length; index += 1) {
    const [time, channel] = [Math.floor(index / channels) / sampleRate, index % channels];
    samples[index] =
      0.3 * Math.sin(2 * Math.PI * 330 * (channel + 1) * time) +
      0.15 * Math.sin(2 * Math.PI * 1310 * time + channel) +
      0.1 * noise() * Math.exp(-((time * 4) % 1) * 6);
  }
  return samples;
}

function wav(name, sampleRate, channels, seconds, encoding) {
  const [raw, path] = [join(work, `${name}.f32`), join(work, `${name}.wav`)];
  writeFileSync(raw, signal(sampleRate, channels, seconds));
  const input = ["-f", "f32le", "-ar", `${sampleRate}`, "-ac", `${channels}`, "-i", raw];
  run("ffmpeg", "-v", "error", "-y", ...input, "-c:a", encoding, path);
  return path;
}

function reference(name, isLossless) {
  const path = join(folder, name);
  const decoder = name.endsWith(".opus") ? ["-c:a", "libopus"] : [];
  const bytes = run("ffmpeg", "-v", "error", ...decoder, "-i", path, "-f", "f32le", "-c:a", "pcm_f32le", "-");
  const probe = run("ffprobe", "-v", "error", "-show_streams", "-of", "json", path);
  const [{ sample_rate: rate, channels }] = JSON.parse(probe.toString()).streams;
  const facts = { sampleRate: Number(rate), channels, frames: bytes.length / 4 / channels };
  if (isLossless) return { ...facts, sha256: createHash("sha256").update(bytes).digest("hex") };
  const samples = [];
  for (let at = 0; at < facts.frames; at += EVERY) {
    const frame = Array.from({ length: channels }, (_, channel) =>
      bytes.readFloatLE((at * channels + channel) * 4),
    );
    samples.push(frame.map((sample) => Number(sample.toFixed(7))));
  }
  return { ...facts, every: EVERY, samples };
}

const stereo = wav("stereo", 22_050, 2, 1.5, "pcm_s16le");
const short = wav("short", 22_050, 2, 0.2, "pcm_s16le");
const deep = wav("deep", 96_000, 1, 0.05, "pcm_s24le");
const mono = wav("mono", 16_000, 1, 1, "pcm_s16le");
const surround = wav("surround", 48_000, 6, 0.5, "pcm_s16le");
const at = (name) => join(folder, name);

run("lame", "--quiet", "-b", "56", stereo, at("stereo.mp3"));
run("lame", "--quiet", "-b", "32", "-t", mono, at("mono without tag.mp3"));
run("flac", "-s", "-f", "-l", "4", "-b", "576", short, "-o", at("short.flac"));
run("flac", "-s", "-f", deep, "-o", at("24 bit.flac"));
run("oggenc", "-Q", "-s", "1", "-q", "1", stereo, "-o", at("stereo.ogg"));
run("oggenc", "-Q", "-s", "1", "-q", "3", surround, "-o", at("surround.ogg"));
run("opusenc", "--quiet", "--serial", "1", "--bitrate", "48", stereo, at("stereo.opus"));
run("opusenc", "--quiet", "--serial", "1", "--bitrate", "96", surround, at("surround.opus"));
run("ffmpeg", "-v", "error", "-y", "-i", mono, "-c:a", "aac", "-b:a", "32k", "-bitexact", at("mono.m4a"));

const lossless = ["short.flac", "24 bit.flac"];
const lossy = [
  ...["stereo.mp3", "mono without tag.mp3", "stereo.ogg", "surround.ogg"],
  ...["stereo.opus", "surround.opus", "mono.m4a"],
];
const references = Object.fromEntries([
  ...lossless.map((name) => [name, reference(name, true)]),
  ...lossy.map((name) => [name, reference(name, false)]),
]);
writeFileSync(at("references.json"), `${JSON.stringify(references)}\n`);
rmSync(work, { recursive: true, force: true });
