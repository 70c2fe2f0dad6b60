import type { SoundComparison } from "../../core/variants/variants.ts";
import { LevelMeter, dbfs } from "./levelMeter.ts";
import { BandPowers } from "./bandPowers.ts";

export type FramesAtTheEnd = Pick<SoundComparison, "unmatchedFrames" | "heldBackFrames">;

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
  #notNumbers = 0;

  /** @param sampleRate in Hz */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#referenceBands = new BandPowers(sampleRate);
    this.#candidateBands = new BandPowers(sampleRate);
  }

  /** @param reference one array per channel, as long as those of the candidate */
  add(reference: readonly Float32Array[], candidate: readonly Float32Array[]): void {
    const frames = reference[0]?.length ?? 0;
    reference.forEach((given, channel) => {
      const [expected, found] = this.#withoutNotNumbers(
        given,
        candidate[channel] ?? new Float32Array(frames),
      );
      this.#reference.add(expected);
      this.#candidate.add(found);
      this.#addDifference(expected, found);
      this.#referenceBands.add(channel, expected);
      this.#candidateBands.add(channel, found);
    });
    this.#frames += frames;
  }

  /** No figure can be made of a sample that is no finite number: it is silence in both. */
  #withoutNotNumbers(expected: Float32Array, found: Float32Array): readonly [Float32Array, Float32Array] {
    if (!holdsNotNumber(expected) && !holdsNotNumber(found)) return [expected, found];
    const finite = [expected.slice(), found.slice()] as const;
    for (let frame = 0; frame < expected.length; frame++) {
      const [isExpected, isFound] = [Number.isFinite(expected[frame]), Number.isFinite(found[frame])];
      if (isExpected && isFound) continue;
      if (!Object.is(expected[frame], found[frame])) this.#notNumbers += 1;
      finite[0][frame] = 0;
      finite[1][frame] = 0;
    }
    return finite;
  }

  #addDifference(expected: Float32Array, found: Float32Array): void {
    // Two floats may be further apart than a float can say.
    const difference = new Float64Array(expected.length);
    for (let frame = 0; frame < expected.length; frame++) {
      const a = expected[frame] ?? 0;
      const b = found[frame] ?? 0;
      this.#products += a * b;
      const apart = Math.abs(b - a);
      difference[frame] = apart;
      if (apart <= this.#peakDifference) continue;
      this.#peakDifference = apart;
      this.#peakAt = (this.#frames + frame) / this.#sampleRate;
    }
    this.#difference.add(difference);
  }

  /**
   * @param blockFrames of the candidate
   * @param atTheEnd frames that only one of the two put out
   */
  take(blockFrames: number, atTheEnd: FramesAtTheEnd): SoundComparison {
    const energies = Math.sqrt(this.#reference.squares * this.#candidate.squares);
    return {
      blockFrames,
      comparedSeconds: this.#frames / this.#sampleRate,
      ...atTheEnd,
      notNumbers: this.#notNumbers,
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

/** A sum with one of them in it is none either. */
function holdsNotNumber(samples: Float32Array): boolean {
  let sum = 0;
  for (let frame = 0; frame < samples.length; frame++) sum += samples[frame] ?? 0;
  return !Number.isFinite(sum);
}
