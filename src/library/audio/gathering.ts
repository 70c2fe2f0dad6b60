import type { Channels } from "./audioFile.ts";

/** Puts pieces of any length together to pieces of one. What is added is copied. */
export class Gathering {
  readonly #channelCount: number;
  readonly #pieceFrames: number;
  readonly #full: Channels[] = [];
  #filling: Channels;
  #filled = 0;
  /** All that were added. */
  frames = 0;

  constructor(channelCount: number, pieceFrames: number) {
    this.#channelCount = channelCount;
    this.#pieceFrames = pieceFrames;
    this.#filling = this.#empty();
  }

  /** Adds the frames from `from` up to `to`. */
  add(piece: readonly Float32Array[], from = 0, to = piece[0]?.length ?? 0): void {
    for (let at = from; at < to;) {
      const taken = Math.min(to - at, this.#pieceFrames - this.#filled);
      for (const [channel, samples] of this.#filling.entries())
        samples.set(piece[channel]?.subarray(at, at + taken) ?? [], this.#filled);
      at += taken;
      this.#filled += taken;
      this.frames += taken;
      if (this.#filled === this.#pieceFrames) this.#finish();
    }
  }

  /** Those that are full; each is given once. */
  *full(): Generator<Channels, void, undefined> {
    for (let piece = this.#full.shift(); piece; piece = this.#full.shift()) yield piece;
  }

  /** What is left at the end, shorter. */
  *rest(): Generator<Channels, void, undefined> {
    if (this.#filled > 0) yield this.#filling.map((samples) => samples.subarray(0, this.#filled));
  }

  #finish(): void {
    this.#full.push(this.#filling);
    this.#filling = this.#empty();
    this.#filled = 0;
  }

  #empty(): Channels {
    return Array.from({ length: this.#channelCount }, () => new Float32Array(this.#pieceFrames));
  }
}
