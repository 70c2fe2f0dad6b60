import { plural } from "../../../core/format.ts";
import type { Block } from "../../../library/pipeline.ts";
import type { SegmentAudio } from "../lane/laneProtocol.ts";

/** The blocks of a segment as views of its arrays: a stage that writes in place writes there. */
export function* blocksOf(audio: SegmentAudio): Generator<Block> {
  let from = 0;
  for (const frames of audio.blocks) {
    const startFrame = audio.startFrame + from;
    yield {
      channels: audio.channels.map((channel) => channel.subarray(from, from + frames)),
      frames,
      startFrame,
      time: startFrame / audio.sampleRate,
    };
    from += frames;
  }
}

/** Cuts frames into blocks of one length, the last one shorter. */
export function blockLengths(frames: number, blockFrames: number): number[] {
  const whole = Math.floor(frames / blockFrames);
  const rest = frames - whole * blockFrames;
  return [...Array<number>(whole).fill(blockFrames), ...(rest > 0 ? [rest] : [])];
}

/** Says what is wrong with a block that a stage returned, or nothing. */
export function faultOfBlock(block: Block, channelCount: number): string | undefined {
  if (!Array.isArray(block.channels)) return "without channels";
  if (block.frames === 0) return undefined;
  if (block.channels.length !== channelCount)
    return `of ${plural(block.channels.length, "channel")} where ${channelCount} are expected; output.channelCount says otherwise`;
  for (const channel of block.channels) {
    if (!(channel instanceof Float32Array)) return "whose channels are not Float32Arrays";
    if (channel.length !== block.frames)
      return `with ${channel.length} samples in a channel where frames says ${block.frames}`;
  }
  return undefined;
}

/** Gathers what the last stage puts out, so that it can travel: one array per channel, because views of one can't be parted. */
export class AudioCollector {
  readonly #expected: number;
  readonly #blocks: number[] = [];
  #channels: Float32Array<ArrayBuffer>[] = [];
  #frames = 0;
  #startFrame = 0;
  #sampleRate = 0;

  /** @param expected how many frames will most likely come */
  constructor(expected: number) {
    this.#expected = expected;
  }

  add(block: Block, sampleRate: number): void {
    if (this.#blocks.length === 0) {
      this.#startFrame = block.startFrame;
      this.#sampleRate = sampleRate;
      const frames = Math.max(this.#expected, block.frames);
      this.#channels = block.channels.map(() => new Float32Array(frames));
    }
    const end = this.#frames + block.frames;
    if (end > (this.#channels[0]?.length ?? 0))
      this.#channels = this.#channels.map((channel) =>
        lengthened(channel, Math.max(end, 2 * channel.length)),
      );
    block.channels.forEach((channel, index) => this.#channels[index]?.set(channel, this.#frames));
    this.#blocks.push(block.frames);
    this.#frames = end;
  }

  /** Null where nothing came. */
  take(): SegmentAudio | null {
    if (this.#blocks.length === 0) return null;
    const isFull = this.#frames === this.#channels[0]?.length;
    return {
      sampleRate: this.#sampleRate,
      startFrame: this.#startFrame,
      blocks: this.#blocks,
      channels: isFull ? this.#channels : this.#channels.map((channel) => channel.slice(0, this.#frames)),
    };
  }
}

function lengthened(channel: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const longer = new Float32Array(length);
  longer.set(channel);
  return longer;
}
