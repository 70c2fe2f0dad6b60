import { formatNumber } from "../../../core/format.ts";
import type { LongBlock } from "./blockLog.ts";
import { medianOf, type BlockAudio, type RepeatedBlocks } from "./repeatedBlocks.ts";

/** −90 dBFS: nothing that anybody hears. */
const SILENT = 10 ** (-90 / 20);
/** So many times the usual is another kind of sound. */
const MUCH = 2;

/** What sets the audio of these blocks apart, to end a sentence with; empty where nothing does. */
export function differenceInAudio(blocks: readonly LongBlock[], repeated: RepeatedBlocks | null): string {
  if (!repeated) return "";
  const slow = blocks.flatMap(({ block }) => repeated.audio(block) ?? []);
  if (slow.length === 0) return "";
  const usual = repeated.usualAudio;
  const half = (of: (audio: BlockAudio) => number): number => medianOf(slow.map(of));
  const clipped = half((audio) => audio.clipped);
  if (half(({ peak }) => peak) < SILENT && usual.peak >= SILENT) return ": the recording is silent there";
  if (clipped > 0 && usual.clipped === 0)
    return `: the recording is clipped there, ${formatNumber(clipped)} samples of a block at full scale`;
  const louder = half(({ rms }) => rms) / usual.rms;
  if (louder > MUCH)
    return `: the recording is ${formatNumber(20 * Math.log10(louder))} dB louder there than usual`;
  const denser = half(({ crossings }) => crossings) / usual.crossings;
  if (denser > MUCH) return `: the recording crosses zero ${formatNumber(denser)} times as often there`;
  return louder < 1 / MUCH ? ": the recording is quieter there than usual" : "";
}
