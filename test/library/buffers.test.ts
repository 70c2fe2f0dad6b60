import assert from "node:assert/strict";
import { BufferPool, releaseIdleMemory } from "waveflame";

describe("A pool of buffers", () => {
  it("keeps ten buffers of 4096 frames where nothing else is said, and makes a temporary one for the eleventh", () => {
    const pool = new BufferPool();
    const lent = Array.from({ length: 11 }, () => pool.acquire());
    assert.ok(lent.every(({ samples }) => samples.length === 4096));
    for (const buffer of lent) pool.release(buffer);
    assert.deepEqual(pool.figures, { reused: 0, made: 10, temporary: 1, inUse: 0, idle: 10 });
  });

  it("hands out the same memory again, cleared", () => {
    const pool = new BufferPool({ buffers: 1, frames: 8 });
    const first = pool.acquire();
    const memory = first.samples.buffer;
    first.samples.fill(0.5);
    pool.release(first);
    const second = pool.acquire();
    assert.equal(second.samples.buffer, memory);
    assert.deepEqual([...second.samples], Array(8).fill(0));
    assert.equal(pool.figures.reused, 1);
  });

  it("clears no more than was lent and leaves all of it clear, whatever lengths were lent before", () => {
    const pool = new BufferPool({ buffers: 1 });
    pool.release(pool.acquire(8));
    const short = pool.acquire(3);
    assert.equal(short.samples.length, 3);
    short.samples.fill(1);
    pool.release(short);
    assert.deepEqual([...pool.acquire(8).samples], Array(8).fill(0));
    assert.deepEqual(pool.figures, { reused: 2, made: 1, temporary: 0, inUse: 1, idle: 0 });
  });

  it("gives a segment the shortest idle buffer that is long enough", () => {
    const pool = new BufferPool({ buffers: 20 });
    const lent = [300, 100, 200].map((frames) => pool.acquire(frames));
    const medium = lent[2]!.samples.buffer;
    for (const buffer of lent) pool.release(buffer);
    assert.equal(pool.acquire(150).samples.buffer, medium);
  });

  it("gives up its shortest idle buffer for a longer one when it is full", () => {
    const pool = new BufferPool({ buffers: 2 });
    const [short, long] = [pool.acquire(10), pool.acquire(20)];
    pool.release(short);
    pool.release(long);
    pool.release(pool.acquire(30));
    assert.deepEqual(pool.figures, { reused: 0, made: 3, temporary: 0, inUse: 0, idle: 2 });
    pool.acquire(20);
    pool.acquire(20);
    assert.deepEqual(pool.figures, { reused: 2, made: 3, temporary: 0, inUse: 2, idle: 0 });
  });

  it("takes a buffer back at the end of a using scope, when an error leaves it, too", () => {
    const pool = new BufferPool();
    const failing = (): void => {
      using buffer = pool.acquire();
      buffer.samples.fill(1);
      throw new Error("no");
    };
    assert.throws(failing, { message: "no" });
    assert.equal(pool.figures.inUse, 0);
  });

  it("lets a buffer be released before its using scope ends", () => {
    const pool = new BufferPool();
    {
      using buffer = pool.acquire();
      pool.release(buffer);
    }
    assert.deepEqual([pool.figures.inUse, pool.figures.idle], [0, 1]);
  });

  it("lends samples to a callback and returns what that returns", () => {
    const pool = new BufferPool();
    assert.equal(
      pool.with((samples) => samples.length + pool.figures.inUse, 6),
      7,
    );
    assert.equal(pool.figures.inUse, 0);
    const failing = (): never => {
      throw new Error("no");
    };
    assert.throws(() => pool.with(failing), { message: "no" });
    assert.equal(pool.figures.inUse, 0);
  });

  it("takes samples back from an asynchronous callback when it has settled", async () => {
    const pool = new BufferPool();
    const { promise, resolve } = Promise.withResolvers<string>();
    const result = pool.with(() => promise);
    assert.equal(pool.figures.inUse, 1);
    resolve("done");
    assert.equal(await result, "done");
    assert.equal(pool.figures.inUse, 0);
    await assert.rejects(
      pool.with(() => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    assert.equal(pool.figures.inUse, 0);
  });

  it("refuses what was released before, and what another pool lent, in one sentence", () => {
    const pool = new BufferPool();
    const buffer = pool.acquire();
    pool.release(buffer);
    const message = "The buffer given to release isn't in use: it was released before, or is another pool's.";
    assert.throws(() => pool.release(buffer), { message });
    assert.throws(() => pool.release(new BufferPool().acquire()), { message });
    assert.throws(() => buffer.samples, /asked for after its release/);
  });

  it("refuses lengths and numbers that make no sense", () => {
    assert.throws(() => new BufferPool({ buffers: 0 }), {
      name: "RangeError",
      message: "A pool's number of buffers is 0: give a whole number from 1 to 1073741824.",
    });
    assert.throws(() => new BufferPool({ frames: 2.5 }), RangeError);
    assert.throws(() => new BufferPool().acquire(-1), RangeError);
  });

  it("lets go of its idle buffers when memory is short, and of none in use", () => {
    const pool = new BufferPool();
    const [first, second] = [pool.acquire(), pool.acquire()];
    pool.release(first);
    releaseIdleMemory();
    assert.deepEqual([pool.figures.inUse, pool.figures.idle], [1, 0]);
    pool.release(second);
    assert.equal(pool.figures.idle, 1);
  });
});
