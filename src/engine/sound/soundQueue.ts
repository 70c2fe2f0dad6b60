/** Sound that comes in pieces of any length and is taken in others. */
export class SoundQueue {
  #pieces: Float32Array[][] = [];
  /** Frames of the first piece that are taken. */
  #taken = 0;
  frames = 0;

  /** @param channels one array per channel, of one length */
  push(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0;
    if (frames === 0) return;
    this.#pieces.push([...channels]);
    this.frames += frames;
  }

  /** The next frames: at most so many, all of one piece. */
  take(most: number): Float32Array[] {
    const [first] = this.#pieces;
    const length = first?.[0]?.length ?? 0;
    const end = Math.min(length, this.#taken + most);
    const taken = (first ?? []).map((samples) => samples.subarray(this.#taken, end));
    this.frames -= end - this.#taken;
    this.#taken = end;
    if (end === length) {
      this.#pieces.shift();
      this.#taken = 0;
    }
    return taken;
  }

  /** Frames of the piece that the next `take` is from. */
  get atHand(): number {
    return (this.#pieces[0]?.[0]?.length ?? 0) - this.#taken;
  }
}
