import type { Frames, Hertz, Milliseconds } from "../../core/units.ts";
import type { Channels } from "../../library/audio/audioFile.ts";
import type { DecodeProblems } from "./decodeProblems.ts";

/** The recording of a run: of known length, and read from anywhere. */
export interface AudioSource {
  readonly frames: Frames;
  readonly sampleRate: Hertz;
  readonly channelCount: number;
  /** `WAV, 16-bit PCM` */
  readonly encoding: string;
  /** Time to decode it ahead of the workers; 0 where it is read as it lies. */
  readonly decodeMs: Milliseconds;
  readonly problems: DecodeProblems;
  /** @param startFrame from 0 @throws Failure where the file has become shorter */
  read(startFrame: Frames, frames: Frames): Promise<Channels>;
  close(): Promise<void>;
}
