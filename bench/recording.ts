import { writeFile } from "node:fs/promises";
import { randomFrom } from "../src/client/sample/audio/random.ts";
import { wavBytes } from "../src/client/sample/audio/wav.ts";
import type { Frames, Hertz, Seconds } from "../src/core/units.ts";

export const SAMPLE_RATE: Hertz = 16_000;
const SEED = 50;

/** Noise at −6 dB, the same each time: no sample is special to a loop. */
export function noise(frames: Frames): Float32Array<ArrayBuffer> {
  const random = randomFrom(SEED);
  return Float32Array.from({ length: frames }, () => random() - 0.5);
}

export async function writeNoise(path: string, seconds: Seconds): Promise<void> {
  const samples = noise(seconds * SAMPLE_RATE);
  await writeFile(path, wavBytes({ sampleRate: SAMPLE_RATE, channels: [samples] }));
}
