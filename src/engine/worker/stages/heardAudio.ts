import type { Block } from "../../../library/pipeline.ts";

/** The last blocks that a restarting stage was given, copied before it could change them. */
export class HeardAudio {
  readonly #frames: number;
  #blocks: Block[] = [];
  #held = 0;

  /** @param frames how many to hold at least */
  constructor(frames: number) {
    this.#frames = frames;
  }

  add(block: Block): void {
    this.#blocks.push({ ...block, channels: block.channels.map((channel) => channel.slice()) });
    this.#held += block.frames;
    for (
      let first = this.#blocks[0];
      first && this.#held - first.frames >= this.#frames;
      first = this.#blocks[0]
    ) {
      this.#blocks.shift();
      this.#held -= first.frames;
    }
  }

  get blocks(): readonly Block[] {
    return this.#blocks;
  }
}
