import type { Bytes, Milliseconds } from "../../../core/units.ts";

/** What the stages of one lane read, wrote and asked of other machines. */
export interface LaneIo {
  readonly files: readonly LaneFile[];
  /** Files that aren't in `files`, because there were too many. */
  readonly filesLeftOut: number;
  readonly network: readonly LaneRequests[];
}

export interface LaneFile {
  /** Absolute. */
  readonly path: string;
  /** −1 outside of stages. */
  readonly stage: number;
  /** Of the opening: `r`, `w`; empty where the file was only looked at, listed, moved or removed. */
  readonly mode: string;
  readonly opened: number;
  readonly calls: number;
  readonly bytesRead: Bytes;
  readonly bytesWritten: Bytes;
  readonly ms: Milliseconds;
}

export interface LaneRequests {
  /** With its port. */
  readonly host: string;
  readonly stage: number;
  readonly calls: number;
  readonly failed: number;
  readonly ms: Milliseconds;
}
