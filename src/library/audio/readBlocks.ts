import type { Block } from "../pipeline.ts";
import type { AudioFile, Channels, DecodeOptions } from "./audioFile.ts";
import { Gathering } from "./gathering.ts";
import { openAudioFile } from "./openAudioFile.ts";

export interface ReadBlocksOptions extends DecodeOptions {
  /** Frames per block, 8192 where it isn't given; the last block may be shorter. */
  readonly blockFrames?: number;
}

const BLOCK_FRAMES = 8192;

/**
 * The blocks of an audio file, one after another and each with arrays of its own, so that nobody ever holds more of the
 * file than one of them. `source` is a path, or a file that is open and stays so. @throws AudioFileError
 */
export async function* readBlocks(
  source: string | AudioFile,
  options: ReadBlocksOptions = {},
): AsyncGenerator<Block, void, undefined> {
  const { blockFrames = BLOCK_FRAMES } = options;
  if (!Number.isInteger(blockFrames) || blockFrames < 1)
    throw new RangeError(`A block can't have ${blockFrames} frames. Give a whole number from 1.`);
  const file = typeof source === "string" ? await openAudioFile(source) : source;
  try {
    const gathering = new Gathering(file.channelCount, blockFrames);
    let startFrame = 0;
    const blockOf = (channels: Channels): Block => {
      const frames = channels[0]?.length ?? 0;
      const block = { channels, frames, startFrame, time: startFrame / file.sampleRate };
      startFrame += frames;
      return block;
    };
    for await (const piece of file.decode(options)) {
      gathering.add(piece);
      for (const channels of gathering.full()) yield blockOf(channels);
    }
    for (const channels of gathering.rest()) yield blockOf(channels);
  } finally {
    if (file !== source) await file.close();
  }
}
