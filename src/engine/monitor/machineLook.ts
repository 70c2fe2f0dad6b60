import type { Bytes, Milliseconds } from "../../core/units.ts";

/** What the whole machine did until now, each since some beginning; null where it can't be told. */
export interface MachineLook {
  readonly atMs: Milliseconds;
  /** Of all cores together. */
  readonly busyMs: Milliseconds;
  readonly idleMs: Milliseconds;
  /** Idle for want of a disk's answer. */
  readonly diskWaitMs: Milliseconds | null;
  readonly stolenMs: Milliseconds | null;
  /** Held back by a quota, the nearest and those around it. */
  readonly quotaMs: readonly Milliseconds[] | null;
  /** Held back by heat, by core. */
  readonly heatMs: readonly Milliseconds[] | null;
  readonly swapped: Bytes | null;
  /** Of the run's own processes. */
  readonly ownMs: Milliseconds;
}

/** @param ownMs processor time of the run's own processes until now */
export type LookAtMachine = (ownMs: Milliseconds) => MachineLook;
