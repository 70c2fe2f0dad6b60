import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openAudioFile } from "../../src/library/audio/openAudioFile.ts";
import type { Benchmark, BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, unmeasuredFigure, type Figure } from "../report/figure.ts";
import { writeMusic } from "./music.ts";

/** What is left out of both sides' time: starting, and what a short file needs anyway. */
const SHORT_SECONDS = 1;
const LONG_SECONDS = 100;
const REPEATS = { quick: 1, usual: 5, full: 25 };
/** Of ffmpeg's speed, with one thread. */
const BOUND = 0.3;

interface Format {
  readonly name: string;
  readonly file: string;
  /** For ffmpeg to make it with. */
  readonly encode: readonly string[];
  /** Where ffmpeg has several decoders. */
  readonly decoder?: string;
}

const FORMATS: readonly Format[] = [
  { name: "WAV", file: "wav", encode: ["-c:a", "pcm_s16le"] },
  { name: "AIFF", file: "aiff", encode: ["-c:a", "pcm_s24be"] },
  { name: "MP3", file: "mp3", encode: ["-c:a", "libmp3lame", "-b:a", "192k"] },
  { name: "FLAC", file: "flac", encode: ["-c:a", "flac"] },
  { name: "Ogg Vorbis", file: "ogg", encode: ["-c:a", "libvorbis", "-q:a", "5"] },
  { name: "Ogg Opus", file: "opus", encode: ["-c:a", "libopus", "-b:a", "128k"], decoder: "libopus" },
];

/** Decoding of each format against ffmpeg's with one thread, on the same files. */
export const decode: Benchmark = async (setting) => {
  if (ffmpeg("-version").status !== 0) {
    const reason = "there is no ffmpeg on the PATH to make the files and to compare with";
    return FORMATS.map((format) => unmeasured(format, reason));
  }
  const [short, long] = [join(setting.folder, "short.wav"), join(setting.folder, "long.wav")];
  await writeMusic(short, SHORT_SECONDS);
  await writeMusic(long, LONG_SECONDS);
  const figures: Figure[] = [];
  for (const format of FORMATS) figures.push(...(await figuresOf(format, short, long, setting)));
  return figures;
};

const nameOfBound = ({ name }: Format): string => `${name}: of ffmpeg's speed`;
const BOUND_TEXT = `≥ ${BOUND}×`;

const unmeasured = (format: Format, reason: string): Figure =>
  unmeasuredFigure(nameOfBound(format), "×", BOUND_TEXT, reason);

async function figuresOf(
  format: Format,
  short: string,
  long: string,
  { folder, extent, say }: BenchmarkSetting,
): Promise<Figure[]> {
  const { name, file, encode, decoder } = format;
  const [shortFile, longFile] = [join(folder, `a.${file}`), join(folder, `b.${file}`)];
  for (const [from, to] of [
    [short, shortFile],
    [long, longFile],
  ] as const) {
    if (ffmpeg("-i", from, ...encode, to).status === 0) continue;
    return [unmeasured(format, "this ffmpeg can't make such a file")];
  }
  // Loading a decoder is starting, too.
  await ownMs(shortFile);
  const own: number[] = [];
  const theirs: number[] = [];
  // By turns, so that what else the machine does meets both.
  for (let repeat = 0; repeat < REPEATS[extent]; repeat += 1) {
    say(`${name}: ${repeat + 1}/${REPEATS[extent]}`);
    own.push((await ownMs(longFile)) - (await ownMs(shortFile)));
    theirs.push(ffmpegMs(longFile, decoder) - ffmpegMs(shortFile, decoder));
  }
  const audioMs = (LONG_SECONDS - SHORT_SECONDS) * 1000;
  const [speed, peer] = [audioMs / median(own), audioMs / median(theirs)];
  const ratio = speed / peer;
  return [
    plainFigure(`${name}: speed`, speed, "×"),
    plainFigure(`${name}: ffmpeg's speed, one thread`, peer, "×"),
    boundedFigure(nameOfBound(format), ratio, "×", BOUND_TEXT, ratio >= BOUND),
  ];
}

/** As a run decodes it, without keeping anything. */
async function ownMs(path: string): Promise<number> {
  const began = performance.now();
  const file = await openAudioFile(path);
  let frames = 0;
  for await (const [first] of file.decode()) frames += first?.length ?? 0;
  await file.close();
  if (frames === 0) throw new Error(`${path} gave no sound.`);
  return performance.now() - began;
}

/** To floats, as we do. */
function ffmpegMs(path: string, decoder: string | undefined): number {
  const began = performance.now();
  const input = [...(decoder === undefined ? [] : ["-c:a", decoder]), "-threads", "1", "-i", path];
  const { status } = ffmpeg(...input, "-map", "0:a:0", "-c:a", "pcm_f32le", "-f", "null", "-");
  if (status !== 0) throw new Error(`ffmpeg can't decode ${path}.`);
  return performance.now() - began;
}

const ffmpeg = (...parameters: string[]): { readonly status: number | null } =>
  spawnSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...parameters], { stdio: "ignore" });
