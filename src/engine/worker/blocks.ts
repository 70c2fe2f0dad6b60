import { plural } from "../../core/format.ts";
import type { Block } from "../../library/pipeline.ts";
import type { SegmentAudio } from "./laneProtocol.ts";

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

/** Gathers what the last stage puts out, so that it can travel: copies, because views of one array can't be parted. */
export class AudioCollector {
  readonly #blocks: number[] = [];
  readonly #parts: Float32Array[][] = [];
  #startFrame = 0;
  #sampleRate = 0;

  add(block: Block, sampleRate: number): void {
    if (this.#blocks.length === 0) {
      this.#startFrame = block.startFrame;
      this.#sampleRate = sampleRate;
    }
    this.#blocks.push(block.frames);
    block.channels.forEach((channel, index) => {
      (this.#parts[index] ??= []).push(channel.slice());
    });
  }

  /** Null where nothing came. */
  take(): SegmentAudio | null {
    if (this.#blocks.length === 0) return null;
    const frames = this.#blocks.reduce((sum, length) => sum + length, 0);
    const channels = this.#parts.map((parts) => {
      const channel = new Float32Array(frames);
      let at = 0;
      for (const part of parts) {
        channel.set(part, at);
        at += part.length;
      }
      return channel;
    });
    return { sampleRate: this.#sampleRate, startFrame: this.#startFrame, blocks: this.#blocks, channels };
  }
}
