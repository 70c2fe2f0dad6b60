import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Seconds } from "../../core/units.ts";
import { exists } from "../exists.ts";
import { writeWhole } from "../runs/runFiles.ts";
import { musicLike } from "./audio/music.ts";
import { speechLike } from "./audio/speech.ts";
import { wavBytes, type Recording } from "./audio/wav.ts";

const SHORT: Seconds = 10;
const LONG: Seconds = 60;
const SEED = 20;

/** Made when the sample is opened, rather than packaged; the same bytes each time. */
const RECORDINGS: readonly { readonly name: string; readonly make: () => Recording }[] = [
  { name: "speech.wav", make: () => speechLike(SHORT, SEED) },
  { name: "music.wav", make: () => musicLike(SHORT, SEED) },
  { name: "speech-long.wav", make: () => speechLike(LONG, SEED) },
  { name: "music-long.wav", make: () => musicLike(LONG, SEED) },
];

/** Writes those that are missing: ten seconds and one minute of each kind; gives the paths of all. */
export async function writeSampleRecordings(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const { name, make } of RECORDINGS) {
    const path = join(folder, name);
    if (!(await exists(path))) await writeWhole(path, wavBytes(make()));
    paths.push(path);
  }
  return paths;
}
