/** A buffer of a pool, from its `acquire` to its release. */
export interface PooledBuffer {
  /**
   * Zeros at first.
   *
   * @throws Error after the release
   */
  readonly samples: Float32Array;
  /** Gives it back to its pool; called by `using` at the end of the scope. Nothing where that has been done. */
  [Symbol.dispose](): void;
}

/** What a pool knows of a buffer in use. */
export interface Loan {
  /** As long as the pool has it. */
  readonly memory: Float32Array;
  /** As long as it was asked for; nothing once it is given back. */
  samples: Float32Array | undefined;
  readonly isTemporary: boolean;
}

interface Lender {
  release(buffer: PooledBuffer): void;
}

export class LentBuffer implements PooledBuffer {
  readonly #pool: Lender;
  readonly #loan: Loan;

  constructor(pool: Lender, loan: Loan) {
    this.#pool = pool;
    this.#loan = loan;
  }

  get samples(): Float32Array {
    if (this.#loan.samples) return this.#loan.samples;
    throw new Error(
      "The samples of a pool's buffer were asked for after its release: copy what is needed later.",
    );
  }

  [Symbol.dispose](): void {
    if (this.#loan.samples) this.#pool.release(this);
  }
}
