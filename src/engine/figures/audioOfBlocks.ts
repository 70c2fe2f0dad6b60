import { formatNumber } from "../../core/format.ts";
import type { LongBlock } from "./blockLog.ts";
import type { BlockAudio, RepeatedBlocks } from "./repeatedBlocks.ts";

/** −90 dBFS: nothing that anybody hears. */
const SILENT = 10 ** (-90 / 20);
/** So many times the usual is another kind of sound. */
const MUCH = 2;

/** What sets the audio of these blocks apart, to end a sentence with; empty where nothing does. */
export function differenceInAudio(blocks: readonly LongBlock[], repeated: RepeatedBlocks | null): string {
  if (!repeated) return "";
  const slow = blocks.flatMap(({ block }) => repeated.audio(block) ?? []);
  const all = [...repeated.allAudio()];
  const half = (of: (audio: BlockAudio) => number, audios: readonly BlockAudio[]): number =>
    median(audios.map(of));
  if (slow.length === 0) return "";
  if (half(({ peak }) => peak, slow) < SILENT && half(({ peak }) => peak, all) >= SILENT)
    return ": the recording is silent there";
  if (half(({ clipped }) => clipped, slow) > 0 && half(({ clipped }) => clipped, all) === 0)
    return `: the recording is clipped there, ${formatNumber(half(({ clipped }) => clipped, slow))} samples of a block at full scale`;
  const louder = half(({ rms }) => rms, slow) / half(({ rms }) => rms, all);
  if (louder > MUCH)
    return `: the recording is ${formatNumber(20 * Math.log10(louder))} dB louder there than usual`;
  const denser = half(({ crossings }) => crossings, slow) / half(({ crossings }) => crossings, all);
  if (denser > MUCH) return `: the recording crosses zero ${formatNumber(denser)} times as often there`;
  return louder < 1 / MUCH ? ": the recording is quieter there than usual" : "";
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
