import type { Seconds } from "../../../core/units.ts";
import { emissionSize, MOST_EMITTED } from "../../worker/stages/emissionSize.ts";
import type { LaneEmission } from "../../worker/lane/laneProtocol.ts";

interface Part {
  readonly index: number;
  readonly emissions: readonly LaneEmission[];
  readonly characters: number;
}

/**
 * What stages emitted in a pass, up to what a run can hold. What is over goes piece by piece from the end, so that the
 * same is kept in whatever order the pieces come.
 */
export class EmissionLog {
  /** In order of time. */
  readonly #parts: Part[] = [];
  readonly #most: number;
  #characters = 0;
  #cutAt = Infinity;
  #cutFrom: Seconds | null = null;

  constructor(most = MOST_EMITTED) {
    this.#most = most;
  }

  /** @param index the piece's; Infinity for file stages, whose values are always kept */
  add(index: number, emissions: readonly LaneEmission[]): void {
    if (emissions.length === 0) return;
    if (index >= this.#cutAt && index !== Infinity) {
      this.#cut(emissions);
      return;
    }
    const characters = emissions.reduce((sum, { value }) => sum + emissionSize(value), 0);
    const owned = emissions.map(withOwnArray);
    const place = this.#parts.findLastIndex((part) => part.index <= index) + 1;
    this.#parts.splice(place, 0, { index, emissions: owned, characters });
    this.#characters += characters;
    while (this.#characters > this.#most && this.#cutLast());
  }

  /** All of the last piece, whichever stages they come from. False where there is none. */
  #cutLast(): boolean {
    const last = this.#parts.findLastIndex((part) => part.index !== Infinity);
    const index = this.#parts[last]?.index;
    if (index === undefined) return false;
    const first = this.#parts.findIndex((part) => part.index === index);
    for (const part of this.#parts.splice(first, last - first + 1)) {
      this.#characters -= part.characters;
      this.#cut(part.emissions);
    }
    this.#cutAt = index;
    return true;
  }

  #cut(emissions: readonly LaneEmission[]): void {
    for (const { time } of emissions) this.#cutFrom = Math.min(this.#cutFrom ?? Infinity, time);
  }

  /** In order of time; of equal times the earlier stage, then the earlier one of it. */
  get all(): LaneEmission[] {
    return this.#parts
      .flatMap(({ emissions }) => emissions)
      .sort((a, b) => a.time - b.time || a.stage - b.stage);
  }

  /** From when on nothing was kept; null where all was. */
  get cutFrom(): Seconds | null {
    return this.#cutFrom;
  }
}

/** From a lane in a process an array comes as a view of its whole message, which would stay with it. */
function withOwnArray(emission: LaneEmission): LaneEmission {
  const { value } = emission;
  const isView = value instanceof Float32Array && value.byteLength < value.buffer.byteLength;
  return isView ? { ...emission, value: value.slice() } : emission;
}
