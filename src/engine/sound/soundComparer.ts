import type { SoundComparison } from "../../core/variants.ts";
import { LevelMeter, dbfs } from "./levelMeter.ts";
import { BandPowers } from "./bandPowers.ts";

/** What a NaN against a number counts as. */
const FULL_SCALE = 1;

/** Compares two renderings of a recording, stretch by stretch, already aligned. */
export class SoundComparer {
  readonly #sampleRate: number;
  readonly #reference = new LevelMeter();
  readonly #candidate = new LevelMeter();
  readonly #difference = new LevelMeter();
  readonly #referenceBands: BandPowers;
  readonly #candidateBands: BandPowers;
  #products = 0;
  #peakDifference = 0;
  #peakAt: number | null = null;
  #frames = 0;

  /** @param sampleRate in Hz */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#referenceBands = new BandPowers(sampleRate);
    this.#candidateBands = new BandPowers(sampleRate);
  }

  /** @param reference one array per channel, as long as those of the candidate */
  add(reference: readonly Float32Array[], candidate: readonly Float32Array[]): void {
    const frames = reference[0]?.length ?? 0;
    reference.forEach((expected, channel) => {
      const found = candidate[channel] ?? new Float32Array(frames);
      this.#reference.add(expected);
      this.#candidate.add(found);
      this.#addDifference(expected, found);
      this.#referenceBands.add(channel, expected);
      this.#candidateBands.add(channel, found);
    });
    this.#frames += frames;
  }

  #addDifference(expected: Float32Array, found: Float32Array): void {
    const difference = new Float32Array(expected.length);
    for (let frame = 0; frame < expected.length; frame++) {
      const a = expected[frame] ?? 0;
      const b = found[frame] ?? 0;
      this.#products += a * b;
      const apart = Object.is(a, b) ? 0 : numberOr(Math.abs(b - a), FULL_SCALE);
      difference[frame] = apart;
      if (apart <= this.#peakDifference) continue;
      this.#peakDifference = apart;
      this.#peakAt = (this.#frames + frame) / this.#sampleRate;
    }
    this.#difference.add(difference);
  }

  /**
   * @param unmatchedFrames put out by only one of the two
   */
  take(blockFrames: number, unmatchedFrames: number): SoundComparison {
    const energies = Math.sqrt(this.#reference.squares * this.#candidate.squares);
    return {
      blockFrames,
      comparedSeconds: this.#frames / this.#sampleRate,
      unmatchedFrames,
      difference: {
        peakDb: dbfs(this.#peakDifference),
        rmsDb: this.#difference.level.rmsDb,
        at: this.#peakAt,
      },
      correlation: energies > 0 ? this.#products / energies : null,
      level: this.#candidate.level,
      referenceLevel: this.#reference.level,
      response: this.#candidateBands.against(this.#referenceBands),
    };
  }
}

const numberOr = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);
