import type { OrUnknown } from "../../core/run/orUnknown.ts";
import type { Bytes, Milliseconds } from "../../core/units.ts";

/** What the run's processes have taken of the machine. */
export interface Usage {
  /** Since it is looked at, of all of them. */
  readonly cpuMs: Milliseconds;
  /** Resident now: the engine with its lanes. */
  readonly resident: Bytes;
  /** Resident now: what they started besides; 0 where that isn't counted. */
  readonly children: Bytes;
  /** From the disks themselves, since it is looked at. */
  readonly readBytes: OrUnknown<Bytes>;
  readonly writtenBytes: OrUnknown<Bytes>;
}

/** What one process told or was seen to take, since it was started. */
export interface ProcessUsage {
  readonly pid: number;
  readonly resident: Bytes;
  readonly cpuMs: Milliseconds;
}

/** Looks at the run's processes. */
export interface UsageReader {
  look(): Usage;
  stop(): void;
}

export interface UsageOptions {
  /** Lanes in processes of their own, as they told last. */
  readonly lanes: () => readonly ProcessUsage[];
  /** Whether what stages start counts, too. */
  readonly countsChildren: () => boolean;
}
