import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { inBatches, mapConcurrently } from "waveflame";

/** Work that ends when the test says so, and knows how much of it was under way at once. */
function heldWork(): {
  work: (item: number) => Promise<number>;
  finish: (item: number) => void;
  readonly most: number;
  readonly begun: readonly number[];
} {
  const ends = new Map<number, () => void>();
  const begun: number[] = [];
  let most = 0;
  return {
    begun,
    get most() {
      return most;
    },
    work: async (item) => {
      begun.push(item);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      ends.set(item, () => resolve(undefined));
      most = Math.max(most, ends.size);
      await promise;
      ends.delete(item);
      return item * 10;
    },
    finish: (item) => ends.get(item)?.(),
  };
}

/** Until everything that can go on without the test has gone on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("Work on many items at once", () => {
  it("gives the results in the order of the items, whichever ends first", async () => {
    const { work, finish } = heldWork();
    const all = mapConcurrently([1, 2, 3], work);
    await settle();
    for (const item of [3, 1, 2]) {
      finish(item);
      await settle();
    }
    assert.deepEqual(await all, [
      { status: "fulfilled", item: 1, value: 10 },
      { status: "fulfilled", item: 2, value: 20 },
      { status: "fulfilled", item: 3, value: 30 },
    ]);
  });

  it("names the item that fails and does the others", async () => {
    const reason = new Error("The file is junk.");
    const decode = (file: string): string => {
      if (file === "bad.wav") throw reason;
      return `decoded ${file}`;
    };
    assert.deepEqual(await mapConcurrently(["a.wav", "bad.wav", "c.wav"], decode, { limit: 1 }), [
      { status: "fulfilled", item: "a.wav", value: "decoded a.wav" },
      { status: "rejected", item: "bad.wav", reason },
      { status: "fulfilled", item: "c.wav", value: "decoded c.wav" },
    ]);
  });

  for (const [limit, expected] of [
    [undefined, 10],
    ["io", 10],
    [3, 3],
    [
      "cpu",
      availableParallelism() > 4 ? availableParallelism() - 2 : Math.max(1, availableParallelism() - 1),
    ],
  ] as const) {
    it(`has ${expected} under way where the limit is ${limit ?? "not given"}`, async () => {
      const held = heldWork();
      const items = numbers(expected + 5);
      const all = mapConcurrently(items, held.work, limit === undefined ? {} : { limit });
      await settle();
      assert.equal(held.begun.length, expected);
      for (const item of items) {
        held.finish(item);
        await settle();
      }
      assert.equal((await all).length, items.length);
      assert.equal(held.most, expected);
    });
  }

  it("takes items from an asynchronous source no faster than they are worked on", async () => {
    let taken = 0;
    async function* source(): AsyncGenerator<number> {
      for (const item of numbers(100)) {
        await Promise.resolve();
        taken += 1;
        yield item;
      }
    }
    const { work, finish } = heldWork();
    const all = mapConcurrently(source(), work, { limit: 2 });
    await settle();
    assert.equal(taken, 2);
    for (const item of numbers(100)) {
      finish(item);
      await settle();
    }
    assert.equal((await all).length, 100);
  });

  it("begins nothing more once it is aborted, and says why", async () => {
    const { work, finish, begun } = heldWork();
    const abort = new AbortController();
    const all = mapConcurrently(numbers(5), work, { limit: 2, signal: abort.signal });
    await settle();
    abort.abort(new Error("The user pressed Cancel."));
    await assert.rejects(all, { message: "The user pressed Cancel." });
    finish(0);
    finish(1);
    await settle();
    assert.deepEqual(begun, [0, 1]);
  });

  it("refuses a limit that makes no sense", async () => {
    await assert.rejects(
      mapConcurrently([1], (x) => x, { limit: 0 }),
      {
        name: "RangeError",
        message: "The limit of items worked on at once is 0: give a whole number from 1 to 1073741824.",
      },
    );
  });
});

describe("Batches", () => {
  it("are of 100 where nothing else is said, the last one shorter", () => {
    assert.deepEqual(
      [...inBatches(numbers(250))].map((batch) => [batch[0], batch.length]),
      [
        [0, 100],
        [100, 100],
        [200, 50],
      ],
    );
  });

  it("have no empty one at the end, and none at all of nothing", () => {
    assert.deepEqual(
      [...inBatches([1, 2, 3, 4], 2)],
      [
        [1, 2],
        [3, 4],
      ],
    );
    assert.deepEqual([...inBatches([])], []);
  });

  it("come from asynchronous items, too", async () => {
    async function* source(): AsyncGenerator<string> {
      yield "a";
      await Promise.resolve();
      yield* ["b", "c"];
    }
    const batches: string[][] = [];
    for await (const batch of inBatches(source(), 2)) batches.push(batch);
    assert.deepEqual(batches, [["a", "b"], ["c"]]);
  });

  it("refuse a size that makes no sense before anything is asked for", () => {
    assert.throws(() => inBatches([1], 0), {
      name: "RangeError",
      message: "The size of a batch is 0: give a whole number from 1 to 1073741824.",
    });
  });
});
