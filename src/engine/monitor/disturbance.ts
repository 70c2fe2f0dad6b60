import type { Disturbance } from "../../core/run/measured/disturbance.ts";
import type { OrUnknown } from "../../core/run/orUnknown.ts";
import type { Milliseconds, Share } from "../../core/units.ts";
import type { MachineLook } from "./machineLook.ts";

/** What was seen of the machine over one pass. */
export interface PassDisturbance extends Omit<Disturbance, "repeats"> {
  /** Of the machine's time, waiting for disks. */
  readonly diskWaitShare: OrUnknown<Share>;
}

/** What the lanes did between two looks at the machine. */
export interface LanesMeanwhile {
  /** Ready to run and not running, in jobs; null where that can't be told. */
  readonly queuedMs: Milliseconds | null;
  /** In stages. */
  readonly workMs: Milliseconds;
}

/** Identical runs differ by 4 to 7 %: half of that is the least that anybody would see. */
const MOST_QUEUED: Share = 0.02;
/** Less is one turn of the scheduler, which no figure but a single block's shows. */
const LEAST_QUEUED_MS: Milliseconds = 1;
/** Who is held back stands still altogether, for milliseconds at a time: blocks are late before a sum shows it. */
const MOST_HELD_BACK: Share = 0.01;
/** 256 pages, each of them a tenth of a millisecond on a fast disk: 25 ms. */
const MOST_SWAPPED_MB = 1;
/** So busy others have to be, and so little may be left idle: with a core to spare nobody has to wait for them. */
const MOST_OTHER_LOAD = 0.3;
const LEAST_IDLE_CORES = 0.5;
/** Systems count time in hundredths of a second: what was shorter than ten of them says nothing. */
const SETTLED_MS: Milliseconds = 100;

const MB = 2 ** 20;

/** What disturbed a pass, and whether it was enough to change its figures. */
export function disturbanceBetween(
  before: MachineLook,
  after: MachineLook,
  lanes: LanesMeanwhile,
): PassDisturbance {
  const ms = after.atMs - before.atMs;
  const isSettled = ms >= SETTLED_MS;
  const cores = cpuTimes(before, after);
  const othersMs = Math.max(0, cores.busyMs - (after.ownMs - before.ownMs));
  const queuedMs = isSettled ? least(lanes.queuedMs, othersMs + (cores.stolenMs ?? 0)) : lanes.queuedMs;
  const otherLoad = isSettled ? othersMs / ms : "unknown";
  const swapped = difference(after.swapped, before.swapped);
  const found = {
    // A lane waits outside of its stages, too.
    runQueueShare: queuedMs === null || lanes.workMs <= 0 ? "unknown" : Math.min(1, queuedMs / lanes.workMs),
    throttledShare: share(heldBackMs(before, after), ms),
    stolenShare: isSettled ? share(cores.stolenMs, cores.busyMs + (cores.stolenMs ?? 0)) : "unknown",
    swappedMB: swapped === null ? "unknown" : swapped / MB,
    otherLoad,
    diskWaitShare: isSettled ? share(cores.diskWaitMs, cores.allMs) : "unknown",
    ms,
  } satisfies Omit<PassDisturbance, "isDisturbed">;
  const isCrowded = cores.idleMs / ms < LEAST_IDLE_CORES;
  const isDisturbed =
    ((queuedMs ?? 0) >= LEAST_QUEUED_MS && above(found.runQueueShare, MOST_QUEUED)) ||
    above(found.throttledShare, MOST_HELD_BACK) ||
    above(found.stolenShare, MOST_HELD_BACK) ||
    above(found.swappedMB, MOST_SWAPPED_MB) ||
    (isCrowded && above(otherLoad, MOST_OTHER_LOAD));
  return { ...found, isDisturbed };
}

/** Of passes that follow one another: the worst of each kind. */
export function worstOf(passes: readonly PassDisturbance[], repeats: number): Disturbance {
  const worst = (name: "runQueueShare" | "throttledShare" | "stolenShare" | "otherLoad"): OrUnknown<number> =>
    most(passes.map((pass) => pass[name]));
  const swapped = known(passes.map(({ swappedMB }) => swappedMB));
  return {
    isDisturbed: passes.some(({ isDisturbed }) => isDisturbed),
    repeats,
    runQueueShare: worst("runQueueShare"),
    throttledShare: worst("throttledShare"),
    stolenShare: worst("stolenShare"),
    swappedMB: swapped.length === 0 ? "unknown" : swapped.reduce((sum, one) => sum + one, 0),
    otherLoad: worst("otherLoad"),
    ms: passes.reduce((sum, { ms }) => sum + ms, 0),
  };
}

export const mostDiskWait = (passes: readonly PassDisturbance[]): OrUnknown<Share> =>
  most(passes.map(({ diskWaitShare }) => diskWaitShare));

/** How much of a pass's time was lost, for telling which of two was disturbed less. */
export const lostShare = ({ runQueueShare, throttledShare, stolenShare }: PassDisturbance): Share =>
  known([runQueueShare, throttledShare, stolenShare]).reduce((sum, one) => sum + one, 0);

interface CpuTimes {
  readonly busyMs: Milliseconds;
  readonly idleMs: Milliseconds;
  readonly stolenMs: Milliseconds | null;
  readonly diskWaitMs: Milliseconds | null;
  readonly allMs: Milliseconds;
}

function cpuTimes(before: MachineLook, after: MachineLook): CpuTimes {
  const busyMs = after.busyMs - before.busyMs;
  const idle = after.idleMs - before.idleMs;
  const stolenMs = difference(after.stolenMs, before.stolenMs);
  const diskWaitMs = difference(after.diskWaitMs, before.diskWaitMs);
  // A core that waits for a disk is there for whoever wants it.
  const idleMs = idle + (diskWaitMs ?? 0);
  return { busyMs, idleMs, stolenMs, diskWaitMs, allMs: busyMs + idleMs + (stolenMs ?? 0) };
}

/** A quota holds all threads at once, heat a core: the worst of each. */
function heldBackMs(before: MachineLook, after: MachineLook): Milliseconds | null {
  const longest = (name: "quotaMs" | "heatMs"): Milliseconds | null => {
    const first = before[name];
    if (!first || !after[name]) return null;
    return Math.max(0, ...after[name].map((now, at) => now - (first[at] ?? now)));
  };
  const [quota, heat] = [longest("quotaMs"), longest("heatMs")];
  return quota === null && heat === null ? null : Math.max(quota ?? 0, heat ?? 0);
}

/**
 * Threads of the run also wait for one another, where there are more of them than cores: that is its own doing, and left
 * out. Nobody waits longer for others than those run.
 */
const least = (queuedMs: Milliseconds | null, othersMs: Milliseconds): Milliseconds | null =>
  queuedMs === null ? null : Math.min(queuedMs, othersMs);

const share = (part: number | null, whole: number): OrUnknown<Share> =>
  part === null || whole <= 0 ? "unknown" : Math.min(1, Math.max(0, part / whole));

const difference = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : Math.max(0, now - before);

const above = (value: OrUnknown<number>, mark: number): boolean => value !== "unknown" && value > mark;

const known = (values: readonly OrUnknown<number>[]): number[] =>
  values.filter((value) => value !== "unknown");

function most(values: readonly OrUnknown<number>[]): OrUnknown<number> {
  const all = known(values);
  return all.length === 0 ? "unknown" : Math.max(...all);
}
