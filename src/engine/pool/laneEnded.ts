import type { Seconds } from "../../core/units.ts";

/** A lane's process that ended by itself: native code crashed, or something ended it. */
export class LaneEnded extends Error {
  override readonly name = "LaneEnded";
  /** A signal's name, or an exit code. */
  readonly how: string;
  /** The stage that was at work, as far as is known. */
  readonly stage: number | null;
  /** Near where in the recording; null while it was loading. */
  readonly seconds: Seconds | null;

  constructor(how: string, stage: number | null, seconds: Seconds | null) {
    super(`The process of a lane ended: ${how}.`);
    this.how = how;
    this.stage = stage;
    this.seconds = seconds;
  }
}
