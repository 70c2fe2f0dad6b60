import type { Milliseconds, Share } from "../../units.ts";
import { fields, number, wholeFrom, yesOrNo, type Check } from "../check.ts";
import { orUnknown, type OrUnknown } from "../orUnknown.ts";

/** What else the machine did while the timed passes ran: of each kind the worst of those passes. */
export interface Disturbance {
  /** Any of it was enough to change the figures: such a run never becomes a baseline. */
  readonly isDisturbed: boolean;
  /** How often it was measured again for that, as the settings allow. */
  readonly repeats: number;
  /**
   * Of the workers' time in stages, ready to run and not running. They also wait for one another where there are more of
   * them than cores: what is above the time that others ran is left out.
   */
  readonly runQueueShare: OrUnknown<Share>;
  /** Of the time, in which the processor or its quota held the run back. */
  readonly throttledShare: OrUnknown<Share>;
  /** Of the time in which a core had something to do, taken by the machine that this one is a guest of. */
  readonly stolenShare: OrUnknown<Share>;
  /** Written to and read from swap by the whole machine. */
  readonly swappedMB: OrUnknown<number>;
  /** Cores that others kept busy, on average. */
  readonly otherLoad: OrUnknown<number>;
  /** How long it was looked at. */
  readonly ms: Milliseconds;
}

const numberOrUnknown = orUnknown(number, "a number");

export const disturbanceShape: Check<Disturbance> = fields<Disturbance>({
  isDisturbed: yesOrNo,
  repeats: wholeFrom(0),
  runQueueShare: numberOrUnknown,
  throttledShare: numberOrUnknown,
  stolenShare: numberOrUnknown,
  swappedMB: numberOrUnknown,
  otherLoad: numberOrUnknown,
  ms: number,
});
