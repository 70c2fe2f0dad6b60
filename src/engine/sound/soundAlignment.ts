import type { SoundComparison } from "../../core/variants/variants.ts";
import type { SegmentAudio } from "../worker/lane/laneProtocol.ts";
import type { RenderedFacts } from "./renderSound.ts";
import { SoundComparer, type FramesAtTheEnd } from "./soundComparer.ts";
import { SoundQueue } from "./soundQueue.ts";

/** Lays a sound that comes in pieces over a reference, both without their latency. */
export class SoundAlignment {
  readonly #comparer: SoundComparer;
  readonly #readReference: (piece: number) => Promise<SegmentAudio | null>;
  readonly #reference = new SoundQueue();
  readonly #candidate = new SoundQueue();
  #referenceToSkip: number;
  #candidateToSkip: number | undefined;
  readonly #referenceLatency: number;
  #piece = 0;
  #isReferenceOver = false;

  /** @param readReference gives the reference piece by piece; null at its end */
  constructor(reference: RenderedFacts, readReference: (piece: number) => Promise<SegmentAudio | null>) {
    this.#comparer = new SoundComparer(reference.sampleRate);
    this.#readReference = readReference;
    this.#referenceLatency = reference.latencyFrames;
    this.#referenceToSkip = reference.latencyFrames;
  }

  /** @param latencyFrames of this sound: so many frames of its beginning are left out */
  async add(channels: readonly Float32Array[], latencyFrames: number): Promise<void> {
    this.#candidateToSkip ??= latencyFrames;
    this.#candidate.push(channels);
    this.#candidateToSkip -= skip(this.#candidate, this.#candidateToSkip);
    while (this.#candidate.frames > 0) {
      await this.#fillReference();
      const count = Math.min(this.#candidate.atHand, this.#reference.atHand);
      if (count === 0) return;
      this.#comparer.add(this.#reference.take(count), this.#candidate.take(count));
    }
  }

  /** What was found, at the end of both sounds. */
  async end({ latencyFrames }: RenderedFacts, blockFrames: number): Promise<SoundComparison> {
    await this.add([], latencyFrames);
    let missing = 0;
    await this.#fillReference();
    while (this.#reference.frames > 0) {
      missing += this.#reference.take(this.#reference.atHand)[0]?.length ?? 0;
      await this.#fillReference();
    }
    const more = this.#candidate.frames;
    return this.#comparer.take(
      blockFrames,
      missing > 0 ? endOf(missing, latencyFrames) : endOf(more, this.#referenceLatency),
    );
  }

  async #fillReference(): Promise<void> {
    while (this.#reference.frames === 0 && !this.#isReferenceOver) {
      const audio = await this.#readReference(this.#piece);
      this.#piece += 1;
      this.#isReferenceOver = audio === null;
      this.#reference.push(audio?.channels ?? []);
      this.#referenceToSkip -= skip(this.#reference, this.#referenceToSkip);
    }
  }
}

/** A stage that is late and has no tail keeps back as many frames as it is late. @param latencyFrames of what is shorter */
function endOf(frames: number, latencyFrames: number): FramesAtTheEnd {
  const heldBackFrames = Math.min(frames, latencyFrames);
  return { heldBackFrames, unmatchedFrames: frames - heldBackFrames };
}

/** @returns how many frames it left out */
function skip(queue: SoundQueue, frames: number): number {
  let skipped = 0;
  while (skipped < frames && queue.frames > 0) skipped += queue.take(frames - skipped)[0]?.length ?? 0;
  return skipped;
}
