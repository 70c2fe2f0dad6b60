import type { CancelSignal } from "../cancelSignal.ts";
import type { Seconds } from "../pipeline.ts";

/** One array per channel, all of one length, nominally −1 to 1, in the order of WAV: left, right, centre, … */
export type Channels = Float32Array<ArrayBuffer>[];

/** A place where a compressed file couldn't be decoded as it was written. */
export interface DecodeProblem {
  /** Of the sound decoded until there. */
  readonly time: Seconds;
  /** `a frame is damaged` */
  readonly what: string;
  /** The file ends there, and the sound doesn't. */
  readonly isEnd: boolean;
}

export interface DecodeOptions {
  /** Ends the decoding, which then throws the signal's reason. */
  readonly signal?: CancelSignal;
  /** Called for each place that couldn't be decoded; the decoding goes on behind it. */
  onProblem?(this: void, problem: DecodeProblem): void;
  /** How much of the file is decoded, 0 to 1; never called where that can't be told. */
  onProgress?(this: void, share: number): void;
}

/** An audio file of any format, read piece by piece: whole files are never in memory. */
export interface AudioFile {
  readonly name: string;
  /** In Hz. */
  readonly sampleRate: number;
  readonly channelCount: number;
  /** `WAV, 16-bit PCM` */
  readonly encoding: string;
  /** As its header says; null where only decoding to the end tells. */
  readonly frames: number | null;
  /** Decodes from the beginning, in pieces of any length. @throws AudioFileError */
  decode(options?: DecodeOptions): AsyncGenerator<Channels, void, undefined>;
  close(): Promise<void>;
}

/** An uncompressed file, which can be read from anywhere. */
export interface SeekableAudioFile extends AudioFile {
  readonly frames: number;
  /** @param startFrame from 0 @throws AudioFileError where the file has become shorter */
  read(startFrame: number, frames: number): Promise<Channels>;
}

export const isSeekable = (file: AudioFile): file is SeekableAudioFile => "read" in file;
