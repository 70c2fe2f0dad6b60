import type { Json, Run } from "../../src/core/run/run.ts";
import { readBlocks } from "../../src/library/audio/index.ts";
import type { PeerFound, PeerResult } from "./peer.ts";

/** Both add up in another order, and in another precision. */
const RELATIVE = 1e-3;
/** Numbers nearer to 0 are compared as if they were so large. */
const LEAST = 1e-2;
/** In LU: ours adds up a histogram of loudness, the peer the blocks themselves. */
const LOUDNESS = 0.05;
/** In dBFS. */
export const MOST_DIFFERENCE = -100;

/** @throws Error that names the first thing the two found differently: their times would be those of different work */
export function checkFound({ results }: Run, found: PeerFound): void {
  const ours = (name: string): Json => results.find((emission) => emission.name === name)?.value ?? null;
  const check = (what: string, own: Json | undefined, theirs: Json | undefined): void => {
    if (isSame(own, theirs, what.endsWith("Lufs") ? LOUDNESS : 0)) return;
    throw new Error(
      `Mastering and its peer find different things in the same recording (${what}: ${JSON.stringify(own)} and ${JSON.stringify(theirs)}): mend bench/peers/mastering.py before comparing times.`,
    );
  };
  const spectrum = ours("spectrum") as readonly { readonly level: number }[];
  for (const stage of ["content", "envelope", "output"] as const) {
    const own = ours(stage) as Readonly<Record<string, Json>>;
    for (const [name, theirs] of Object.entries(found[stage])) check(`${stage}: ${name}`, own[name], theirs);
  }
  const { levelsDb } = found.spectrum;
  check("spectrum: how many bands", spectrum.length, levelsDb.length);
  for (const [band, { level }] of spectrum.entries())
    check(`spectrum: band ${band + 1}`, level, levelsDb[band]);
}

function isSame(ours: Json | undefined, theirs: Json | undefined, absolute: number): boolean {
  if (typeof ours !== "number" || typeof theirs !== "number") return ours === theirs;
  const size = Math.max(LEAST, Math.abs(ours), Math.abs(theirs));
  return Math.abs(ours - theirs) <= Math.max(absolute, RELATIVE * size);
}

/**
 * How far our sound is from the peer's, in dBFS. The first second is left out: the equaliser spreads what begins in its first
 * frame to before the beginning, where the peer cuts it off.
 *
 * @throws Error where that is so far that the two don't do the same
 */
export async function differenceDb(written: string, { audio }: Run, { sound }: PeerResult): Promise<number> {
  const { channels, sampleRate } = audio;
  let largest = 0;
  let frames = 0;
  for await (const block of readBlocks(written)) {
    frames += block.frames;
    block.channels.forEach((samples, channel) => {
      samples.forEach((sample, index) => {
        const frame = block.startFrame + index;
        const apart = Math.abs(sample - (sound[frame * channels + channel] ?? NaN));
        // Written so that what is no number isn't taken for equal.
        if (frame >= sampleRate && !(apart <= largest)) largest = apart;
      });
    });
  }
  const difference = 20 * Math.log10(largest);
  if (frames * channels === sound.length && difference <= MOST_DIFFERENCE) return difference;
  throw new Error(
    `Mastering and its peer make different sounds of the same recording (${frames} and ${sound.length / channels} frames, up to ${difference.toFixed(1)} dBFS apart where ${MOST_DIFFERENCE} are allowed): mend bench/peers/mastering.py before comparing times.`,
  );
}
