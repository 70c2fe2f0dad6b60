import type { Frames, Milliseconds } from "../../units.ts";
import { fields, list, number, oneOf, wholeFrom, type Check } from "../check.ts";
import { histogramShape, type Histogram } from "./times.ts";

/** What blocks of one size take, on one worker alone. Deadlines at any sample rate follow (`core/deadlines/`). */
export interface BlockSizeFigures {
  readonly blockFrames: Frames;
  /**
   * measured: it ran in blocks of this size · joined: measured blocks that follow one another, taken together · split:
   * measured blocks taken apart, each one's usual work in equal parts, what is above it in one of them
   */
  readonly origin: "measured" | "joined" | "split";
  readonly blocks: number;
  /** Work of all stages that blocks go through. */
  readonly totalMs: Milliseconds;
  readonly p50: Milliseconds;
  readonly p99: Milliseconds;
  readonly p999: Milliseconds;
  readonly max: Milliseconds;
  readonly histogram: Histogram;
}

export const blockSizesShape: Check<readonly BlockSizeFigures[]> = list(
  fields<BlockSizeFigures>({
    blockFrames: wholeFrom(1),
    origin: oneOf("measured", "joined", "split"),
    blocks: wholeFrom(0),
    totalMs: number,
    p50: number,
    p99: number,
    p999: number,
    max: number,
    histogram: histogramShape,
  }),
);
