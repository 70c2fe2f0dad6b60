import type { Milliseconds } from "../../units.ts";
import { also, fields, list, number, wholeFrom, type Check } from "../check.ts";

/** What each worker did while the timed pass ran. */
export interface PoolFacts {
  readonly workers: readonly PoolWorker[];
  /** In columns, a place per job, in order of time. */
  readonly timeline: PoolTimeline;
  /** Jobs that the timeline leaves out, because it would be too long. */
  readonly jobsLeftOut: number;
}

export interface PoolWorker {
  /** From its thread's beginning until the pipeline was loaded. */
  readonly startUpMs: Milliseconds;
  /** In stages. */
  readonly busyMs: Milliseconds;
  /** Of `busyMs`, in which garbage was collected. */
  readonly collectingMs: Milliseconds;
  /** With audio on its way to or from the worker: copying, sending, taking apart. */
  readonly transferringMs: Milliseconds;
  /** With nothing to do. */
  readonly waitingMs: Milliseconds;
  /** Its jobs, from when they could have begun until a worker took them, summed. */
  readonly queuedMs: Milliseconds;
  readonly jobs: number;
}

export interface PoolTimeline {
  readonly worker: readonly number[];
  /** The first stage of the job and the one after its last, as indexes into `stages`. */
  readonly fromStage: readonly number[];
  readonly toStage: readonly number[];
  /** Of the segment under way, from 0. */
  readonly segment: readonly number[];
  /** Since the pass began: sent, begun, ended, received. */
  readonly sentMs: readonly Milliseconds[];
  readonly beganMs: readonly Milliseconds[];
  readonly endedMs: readonly Milliseconds[];
  readonly receivedMs: readonly Milliseconds[];
}

const count = wholeFrom(0);
const COLUMNS = [
  "fromStage",
  "toStage",
  "segment",
  "sentMs",
  "beganMs",
  "endedMs",
  "receivedMs",
] as const satisfies readonly (keyof PoolTimeline)[];

export const poolShape: Check<PoolFacts> = also(
  fields<PoolFacts>({
    workers: list(
      fields<PoolWorker>({
        startUpMs: number,
        busyMs: number,
        collectingMs: number,
        transferringMs: number,
        waitingMs: number,
        queuedMs: number,
        jobs: count,
      }),
    ),
    timeline: fields<PoolTimeline>({
      worker: list(count),
      fromStage: list(count),
      toStage: list(count),
      segment: list(count),
      sentMs: list(number),
      beganMs: list(number),
      endedMs: list(number),
      receivedMs: list(number),
    }),
    jobsLeftOut: count,
  }),
  ({ timeline }) => {
    const column = COLUMNS.find((name) => timeline[name].length !== timeline.worker.length);
    return column ? { path: `.timeline.${column}`, what: `isn't as long as "timeline.worker"` } : null;
  },
);
