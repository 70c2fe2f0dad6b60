import type { Milliseconds } from "../../core/units.ts";
import type { JobResult } from "../worker/lane/laneProtocol.ts";

/** A finished job, with its place in the pass. */
export interface TalliedJob {
  readonly result: JobResult;
  /** From 0. */
  readonly lane: number;
  /** Of the recording's blocks, from 0. */
  readonly firstBlock: number;
  /** The first of its stages, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly segment: number;
  /** Given to it, over all channels. */
  readonly samples: number;
  /** Since the pass began: when a lane could have begun it, when it was sent, and when the answer came. */
  readonly ready: Milliseconds;
  readonly sent: Milliseconds;
  readonly received: Milliseconds;
  /** @param time on the clock of its worker */
  sincePassBegan(time: Milliseconds): Milliseconds;
}
