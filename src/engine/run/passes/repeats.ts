import type { PassRecord } from "../../figures/pass/passRecord.ts";
import {
  disturbanceBetween,
  lostShare,
  type LanesMeanwhile,
  type PassDisturbance,
} from "../../monitor/disturbance.ts";
import type { MachineLook } from "../../monitor/machineLook.ts";
import type { LaneIo } from "../../worker/io/laneIo.ts";
import type { Lane } from "../../pool/lane.ts";
import type { MeasureOptions } from "./measureOptions.ts";

/** A pass that was measured, and what disturbed it. */
export interface Attempt {
  readonly record: PassRecord;
  readonly disturbance: PassDisturbance;
}

export interface Repeatable {
  readonly lanes: readonly Lane[];
  look(this: void): MachineLook;
  isCancelled(this: void): boolean;
  /** Whether what was measured may be measured again. */
  mayRepeat(this: void, first: PassRecord): Promise<boolean> | boolean;
  /** How often, at most. */
  readonly most: number;
  /** Measures once more, from the beginning, into a record of its own. */
  again(this: void): Promise<PassRecord>;
}

/** How passes of these options are repeated where something disturbed them. */
export const repeatableWith = (
  { request, lookAtMachine, isCancelled }: MeasureOptions,
  lanes: readonly Lane[],
): Pick<Repeatable, "lanes" | "look" | "isCancelled" | "most"> => ({
  lanes,
  look: lookAtMachine,
  isCancelled,
  // What disturbs it beside other runs are those.
  most: request.jobs === 1 ? request.measure.repeats : 0,
});

/**
 * Measures again what was disturbed, as often as the settings allow, and keeps what was disturbed least. What stages put
 * out stays that of the first time.
 */
export async function leastDisturbed(
  first: PassRecord,
  measure: () => Promise<void>,
  options: Repeatable,
): Promise<{ readonly kept: Attempt; readonly repeats: number }> {
  let kept: Attempt = {
    record: first,
    disturbance: await watched(options, async () => {
      await measure();
      return first;
    }),
  };
  let repeats = 0;
  const isWanted = (): boolean =>
    kept.disturbance.isDisturbed && repeats < options.most && !options.isCancelled();
  if (!isWanted() || !(await options.mayRepeat(first))) return { kept, repeats };
  while (isWanted()) {
    const attempt = await once(options);
    // What a cancel cut off is worth less than what is whole.
    if (!attempt || options.isCancelled()) break;
    repeats += 1;
    if (isLess(attempt.disturbance, kept.disturbance)) kept = attempt;
  }
  if (kept.record !== first) kept.record.takeOutputOf(first);
  return { kept, repeats };
}

/** Null where a cancel came upon it. */
async function once(options: Repeatable): Promise<Attempt | null> {
  try {
    let record: PassRecord | undefined;
    const disturbance = await watched(options, async () => (record = await options.again()));
    return record ? { record, disturbance } : null;
  } catch (error) {
    if (options.isCancelled()) return null;
    throw error;
  }
}

/** @param measure gives what it measured */
export async function watched(
  { lanes, look, isCancelled }: Pick<Repeatable, "lanes" | "look" | "isCancelled">,
  measure: () => Promise<Pick<PassRecord, "workMs">>,
): Promise<PassDisturbance> {
  await takeQueued(lanes);
  const before = look();
  const { workMs } = await measure();
  const after = look();
  // Lanes that a cancel ended give no answer.
  const queuedMs = isCancelled() ? null : await takeQueued(lanes);
  return disturbanceBetween(before, after, { queuedMs, workMs });
}

/**
 * A stage that returned a promise is never called again for a block, and one that wrote a file doesn't write it twice.
 *
 * @param io what its lanes did, as far as somebody looked
 */
export const mayRunAgain = (record: PassRecord, io: readonly LaneIo[]): boolean =>
  !record.stages.some(({ asynchronous }) => asynchronous) &&
  !io.some(({ files }) => files.some(({ stage, mode }) => stage >= 0 && /[wa+]/.test(mode)));

const isLess = (a: PassDisturbance, b: PassDisturbance): boolean =>
  a.isDisturbed === b.isDisturbed ? lostShare(a) < lostShare(b) : b.isDisturbed;

async function takeQueued(lanes: readonly Lane[]): Promise<LanesMeanwhile["queuedMs"]> {
  const taken = await Promise.all(lanes.map(({ channel }) => channel.call("takeQueued", null)));
  const known = taken.filter((ms) => ms !== null);
  return known.length === 0 ? null : known.reduce((sum, ms) => sum + ms, 0);
}
