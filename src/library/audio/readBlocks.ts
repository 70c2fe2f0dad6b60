import type { Block } from "../pipeline.ts";
import type { AudioFile, Channels, DecodeOptions } from "./audioFile.ts";
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
    const filling = new Filling(file, blockFrames);
    for await (const piece of file.decode(options)) yield* filling.add(piece);
    yield* filling.rest();
  } finally {
    if (file !== source) await file.close();
  }
}

/** Cuts pieces of any length into blocks of one. */
class Filling {
  readonly #file: AudioFile;
  readonly #blockFrames: number;
  #channels: Channels;
  #filled = 0;
  #startFrame = 0;

  constructor(file: AudioFile, blockFrames: number) {
    this.#file = file;
    this.#blockFrames = blockFrames;
    this.#channels = this.#empty();
  }

  *add(piece: Channels): Generator<Block> {
    const length = piece[0]?.length ?? 0;
    for (let from = 0; from < length;) {
      const taken = Math.min(length - from, this.#blockFrames - this.#filled);
      for (const [channel, samples] of this.#channels.entries())
        samples.set(piece[channel]?.subarray(from, from + taken) ?? [], this.#filled);
      from += taken;
      this.#filled += taken;
      if (this.#filled === this.#blockFrames) yield this.#block();
    }
  }

  *rest(): Generator<Block> {
    if (this.#filled > 0) yield this.#block();
  }

  #block(): Block {
    const frames = this.#filled;
    const startFrame = this.#startFrame;
    const channels = this.#channels.map((samples) => samples.subarray(0, frames));
    this.#channels = this.#empty();
    this.#filled = 0;
    this.#startFrame += frames;
    return { channels, frames, startFrame, time: startFrame / this.#file.sampleRate };
  }

  #empty(): Channels {
    return Array.from({ length: this.#file.channelCount }, () => new Float32Array(this.#blockFrames));
  }
}
