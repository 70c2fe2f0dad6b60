import { wholeNumber } from "../checkArguments.ts";
import { holdsIdleMemory } from "../idleMemory.ts";
import { finallyDo } from "../promises.ts";
import { LentBuffer, type Loan, type PooledBuffer } from "./pooledBuffer.ts";

export interface BufferPoolOptions {
  /** How many buffers the pool keeps: 10 where it isn't given. */
  buffers?: number;
  /** How long a buffer is where no length is asked for: 4096 frames where it isn't given. */
  frames?: number;
}

/** What a pool has done so far. */
export interface BufferPoolFigures {
  /** How often one was handed out that had been in use before. */
  readonly reused: number;
  /** How often one was made to be kept. */
  readonly made: number;
  /** How often all were in use, so that one was made to be thrown away. */
  readonly temporary: number;
  readonly inUse: number;
  readonly idle: number;
}

/**
 * Buffers of one channel, full of zeros, used again and again instead of being made for each block.
 *
 * What is handed out is the shortest idle buffer that is long enough, so blocks of one length are served as well as
 * segments of many (`new BufferPool({ buffers: 20 })` and `acquire(segment.frames)`). Where all are in use, a temporary
 * one is made, which the pool doesn't keep. `using buffer = pool.acquire()` and `pool.with((samples) => …)` give a
 * buffer back on every way out, an error included.
 */
export class BufferPool {
  readonly #buffers: number;
  readonly #frames: number;
  /** Shortest first. */
  readonly #idle: Float32Array[] = [];
  readonly #loans = new Map<PooledBuffer, Loan>();
  /** Idle or lent, without the temporary ones. */
  #kept = 0;
  #reused = 0;
  #made = 0;
  #temporary = 0;

  /** @throws RangeError where a number isn't a whole one from 1 on */
  constructor({ buffers = 10, frames = 4096 }: BufferPoolOptions = {}) {
    this.#buffers = wholeNumber("A pool's number of buffers", buffers);
    this.#frames = wholeNumber("The length of a pool's buffers in frames", frames);
    holdsIdleMemory(this, (pool) => pool.#forgetIdle());
  }

  /**
   * @param frames how long its `samples` shall be
   * @throws RangeError where that isn't a whole number from 1 on
   */
  acquire(frames: number = this.#frames): PooledBuffer {
    wholeNumber("The length of a buffer in frames", frames);
    const loan = this.#takeIdle(frames) ?? this.#make(frames);
    const buffer = new LentBuffer(this, loan);
    this.#loans.set(buffer, loan);
    return buffer;
  }

  /**
   * Clears a buffer and takes it back. Its samples may be somebody else's from then on.
   *
   * @throws Error where it isn't in use, or of another pool
   */
  release(buffer: PooledBuffer): void {
    const loan = this.#loans.get(buffer);
    if (!loan) {
      throw new Error(
        "The buffer given to release isn't in use: it was released before, or is another pool's.",
      );
    }
    this.#loans.delete(buffer);
    loan.samples?.fill(0);
    loan.samples = undefined;
    if (!loan.isTemporary) this.#keep(loan.memory);
  }

  /**
   * Calls `work` with a buffer's samples and takes the buffer back when it has returned or thrown, or when the promise
   * that it returned has settled.
   */
  with<Result>(work: (samples: Float32Array) => Result, frames?: number): Result {
    const buffer = this.acquire(frames);
    return finallyDo(
      () => work(buffer.samples),
      () => {
        this.release(buffer);
      },
    );
  }

  get figures(): BufferPoolFigures {
    return {
      reused: this.#reused,
      made: this.#made,
      temporary: this.#temporary,
      inUse: this.#loans.size,
      idle: this.#idle.length,
    };
  }

  #forgetIdle(): void {
    this.#kept -= this.#idle.length;
    this.#idle.length = 0;
  }

  #takeIdle(frames: number): Loan | undefined {
    const position = this.#idle.findIndex(({ length }) => length >= frames);
    const [memory] = position < 0 ? [] : this.#idle.splice(position, 1);
    if (!memory) return undefined;
    this.#reused += 1;
    const samples = memory.length === frames ? memory : memory.subarray(0, frames);
    return { memory, samples, isTemporary: false };
  }

  #make(frames: number): Loan {
    const isTemporary = !this.#hasRoom();
    if (isTemporary) {
      this.#temporary += 1;
    } else {
      this.#made += 1;
      this.#kept += 1;
    }
    const memory = new Float32Array(frames);
    return { memory, samples: memory, isTemporary };
  }

  /** A full pool makes room by giving up its shortest idle buffer: it was too short for this, too. */
  #hasRoom(): boolean {
    if (this.#kept === this.#buffers && this.#idle.shift()) this.#kept -= 1;
    return this.#kept < this.#buffers;
  }

  #keep(memory: Float32Array): void {
    const position = this.#idle.findIndex(({ length }) => length >= memory.length);
    this.#idle.splice(position < 0 ? this.#idle.length : position, 0, memory);
  }
}
