import { largestOf } from "../../../core/statistics.ts";
import type { Bytes, Milliseconds } from "../../../core/units.ts";
import type { LongBlock } from "../../figures/blocks/blockLog.ts";
import { PassRecord } from "../../figures/pass/passRecord.ts";
import { RepeatedBlocks } from "../../figures/blocks/repeatedBlocks.ts";
import type { Segment } from "../../plan/grid.ts";
import { oneGroup } from "../../plan/groups.ts";
import type { Lane } from "../../pool/lane.ts";
import type { Probe } from "../../worker/lane/laneProtocol.ts";
import { runStreamPass, type PassSetting } from "./passSteps.ts";

/** So that the time is looked at often enough: a second of stereo. */
const PIECE_BYTES: Bytes = 2 ** 19;
/** Of each some facts are kept. */
const MOST_BLOCKS = 2 ** 16;
/** Each of the two goes through no more of the recording than takes so long. */
export const PROBE_MS: Milliseconds = 1500;
/** Where that is quick both are repeated, because other processes disturb them, too. */
const MOST_ROUNDS = 3;

export interface ProbedBlocks {
  readonly blocks: RepeatedBlocks;
  readonly record: PassRecord;
  /** How often the stretch went through the stages. */
  readonly repeats: number;
}

/**
 * Runs a stretch that holds slow blocks again, looked at, and with faint noise at each stage's input: what is slow again
 * lies in the audio, what noise cures lies in denormal numbers.
 *
 * @param slow blocks that what was measured of them doesn't explain, in order
 * @param usualMs what a block takes
 */
export async function probePass(
  setting: PassSetting,
  lane: Lane,
  slow: readonly LongBlock[],
  usualMs: Milliseconds,
): Promise<ProbedBlocks> {
  const { pipeline } = setting;
  const blocks = new RepeatedBlocks();
  const record = new PassRecord(pipeline);
  const segments = stretchOf(setting, slow, usualMs);
  const last = (slow.at(-1)?.block ?? 0) * pipeline.blockFrames;
  const once = async (probe: Probe): Promise<void> => {
    const began = performance.now();
    let [reached, done] = [0, 0];
    await runStreamPass({ ...setting, segments }, record, {
      mode: "alone",
      probe,
      lanes: [lane],
      groups: oneGroup(pipeline.stages),
      readsBeside: true,
      rendered: null,
      pieceBytes: PIECE_BYTES,
      onJob: ({ firstBlock, result }) => {
        if (probe === "inspect") blocks.addInspected(firstBlock, result);
        else blocks.addNoisy(firstBlock, result);
        done += result.blockMs.length;
        reached = (firstBlock + result.blockMs.length) * pipeline.blockFrames;
      },
      isOver: () => reached > last || done > MOST_BLOCKS || performance.now() - began > PROBE_MS,
    });
  };
  const began = performance.now();
  let rounds = 0;
  const isInTime = (): boolean => {
    const took = performance.now() - began;
    return took + took / rounds < 2 * PROBE_MS;
  };
  do {
    await once("inspect");
    await once("noise");
    rounds += 1;
  } while (rounds < MOST_ROUNDS && isInTime() && !setting.isCancelled());
  return { blocks, record, repeats: 2 * rounds };
}

/** From the beginning where that is near enough; otherwise from a segment before that with most of them. */
function stretchOf(
  { segments, pipeline }: PassSetting,
  slow: readonly LongBlock[],
  usualMs: Milliseconds,
): readonly Segment[] {
  const affordable = usualMs > 0 ? PROBE_MS / usualMs : Infinity;
  if (slow.every(({ block }) => block < affordable)) return segments;
  const excess = new Map<number, Milliseconds>();
  for (const { block, ms } of slow) {
    const frame = block * pipeline.blockFrames;
    const at = segments.findIndex(({ startFrame, frames }) => frame < startFrame + frames);
    excess.set(at, (excess.get(at) ?? 0) + ms - usualMs);
  }
  return segments.slice(Math.max(0, (largestOf(excess) ?? 0) - 1));
}
