import type { Bytes, Milliseconds, Share } from "../../units.ts";
import { fields, list, number, text, wholeFrom, type Check } from "../check.ts";
import { orUnknown, type OrUnknown } from "../orUnknown.ts";

/** What stages read, wrote and asked of other machines in the timed pass. */
export interface IoFacts {
  /** The costliest first, at most a hundred; `filesLeftOut` more. */
  readonly files: readonly FileAccess[];
  readonly filesLeftOut: number;
  readonly network: readonly NetworkAccess[];
  /** Of the machine's time while the pass ran, in which nothing could be done but wait for a disk. */
  readonly waitShare: OrUnknown<Share>;
}

export interface FileAccess {
  /** As `path` of the recording. */
  readonly path: string;
  /** A name in `stages`; empty outside of stages: while the pipeline was loaded. */
  readonly stage: string;
  /** As it was opened: `r`, `w`, `a`, `r+`; empty where it was only looked at, listed, moved or removed. */
  readonly mode: string;
  readonly opened: number;
  /** Of Node's functions; closing isn't counted. */
  readonly calls: number;
  readonly bytesRead: Bytes;
  readonly bytesWritten: Bytes;
  /** From each call to its end, summed. */
  readonly ms: Milliseconds;
}

export interface NetworkAccess {
  /** Host and port. */
  readonly host: string;
  readonly stage: string;
  readonly calls: number;
  readonly failed: number;
  /** From each request to the end of its answer, summed: what a stage may have waited for. */
  readonly ms: Milliseconds;
}

const count = wholeFrom(0);

export const ioShape: Check<IoFacts> = fields<IoFacts>({
  files: list(
    fields<FileAccess>({
      path: text,
      stage: text,
      mode: text,
      opened: count,
      calls: count,
      bytesRead: number,
      bytesWritten: number,
      ms: number,
    }),
  ),
  filesLeftOut: count,
  network: list(fields<NetworkAccess>({ host: text, stage: text, calls: count, failed: count, ms: number })),
  waitShare: orUnknown(number, "a number"),
});
