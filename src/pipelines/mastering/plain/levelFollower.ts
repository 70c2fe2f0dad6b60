/** Follows a level sample by sample: towards a higher one at the attack's pace, towards a lower one at the release's. */
export class LevelFollower {
  readonly #attack: number;
  readonly #release: number;
  level = 0;

  /** @param attack what is left of the old level after one sample; so is `release` */
  constructor(attack: number, release: number) {
    this.#attack = attack;
    this.#release = release;
  }

  next(value: number): number {
    const kept = value > this.level ? this.#attack : this.#release;
    this.level = value + (this.level - value) * kept;
    return this.level;
  }
}
