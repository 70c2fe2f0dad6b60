import type { Frames, Hertz } from "../../core/units.ts";

/** A recording that is read piece by piece: whole files are never in memory. */
export interface AudioSource {
  readonly frames: Frames;
  readonly sampleRate: Hertz;
  readonly channelCount: number;
  /** `WAV, 16-bit PCM` */
  readonly encoding: string;
  /**
   * @param startFrame from 0
   * @returns one array per channel, nominally −1 to 1
   * @throws AudioFileError where the file has become shorter
   */
  read(startFrame: Frames, frames: Frames): Promise<Float32Array<ArrayBuffer>[]>;
  close(): Promise<void>;
}
