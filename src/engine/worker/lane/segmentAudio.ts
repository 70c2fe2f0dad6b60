import type { Frames } from "../../../core/units.ts";
import type { SegmentAudio } from "./laneProtocol.ts";

/** What changes hands with the audio when it travels. */
export const buffersOf = (...parts: readonly (SegmentAudio | null)[]): ArrayBuffer[] =>
  parts.flatMap((part) => part?.channels.map(({ buffer }) => buffer) ?? []);

export const framesOf = ({ blocks }: Pick<SegmentAudio, "blocks">): Frames =>
  blocks.reduce((sum, frames) => sum + frames, 0);
