import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AudioFile, DecodeProblem } from "waveflame";

/** What ffmpeg made of a fixture when it was made: `scripts/audio-fixtures.mjs`. */
export interface AudioReference {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  /** Of lossless files: of all samples, as 32-bit floats. */
  readonly sha256?: string;
  /** Of lossy files: one frame in so many. */
  readonly every?: number;
  readonly samples?: readonly (readonly number[])[];
}

const FOLDER = new URL("../fixtures/audio/", import.meta.url);

export const fixturePath = (name: string): string => fileURLToPath(new URL(encodeURI(name), FOLDER));

export const fixtureBytes = (name: string): Buffer => readFileSync(fixturePath(name));

export const audioReferences = (): Readonly<Record<string, AudioReference>> =>
  JSON.parse(readFileSync(fixturePath("references.json"), "utf8")) as Record<string, AudioReference>;

export interface Decoded {
  readonly frames: number;
  readonly channels: Float32Array[];
  readonly problems: readonly DecodeProblem[];
}

/** All of a file, and closes it. */
export async function decodeAll(file: AudioFile): Promise<Decoded> {
  const problems: DecodeProblem[] = [];
  const pieces: Float32Array[][] = [];
  try {
    for await (const piece of file.decode({ onProblem: (problem) => problems.push(problem) }))
      pieces.push(piece);
  } finally {
    await file.close();
  }
  const frames = pieces.reduce((sum, [first]) => sum + (first?.length ?? 0), 0);
  const channels = Array.from({ length: file.channelCount }, (_, channel) => {
    const samples = new Float32Array(frames);
    let at = 0;
    for (const piece of pieces) {
      samples.set(piece[channel]!, at);
      at += piece[channel]!.length;
    }
    return samples;
  });
  return { frames, channels, problems };
}

/** One frame after the other. */
export function interleaved(channels: readonly Float32Array[]): Float32Array {
  const frames = channels[0]?.length ?? 0;
  return Float32Array.from(
    { length: frames * channels.length },
    (_, index) => channels[index % channels.length]![Math.floor(index / channels.length)]!,
  );
}
