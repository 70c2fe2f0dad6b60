import assert from "node:assert/strict";
import {
  audioKey,
  cached,
  LruCache,
  releaseIdleMemory,
  rememberedResults,
  resetRememberedResults,
  TtlCache,
} from "waveflame";

const failing = (): never => {
  throw new Error("no");
};

describe("A cache", () => {
  it("holds 128 entries where nothing else is said, by use or by time", () => {
    for (const cache of [new LruCache<number, number>(), new TtlCache<number, number>()]) {
      for (let i = 0; i < 200; i += 1) cache.set(i, i);
      assert.equal(cache.size, 128);
      assert.deepEqual([cache.has(71), cache.has(72), cache.get(199)], [false, true, 199]);
    }
  });

  it("drops what was used least recently: reading and writing are uses, asking whether it is there isn't", () => {
    const cache = new LruCache<string, number>({ entries: 3 });
    for (const [key, value] of [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ] as const) {
      cache.set(key, value);
    }
    cache.get("a");
    cache.set("b", 20);
    cache.has("c");
    cache.set("d", 4);
    assert.deepEqual(
      [...cache.entries()],
      [
        ["a", 1],
        ["b", 20],
        ["d", 4],
      ],
    );
  });

  it("keeps undefined like any other value", () => {
    const cache = new LruCache<string, number | undefined>({ entries: 2 });
    cache.set("a", undefined);
    cache.set("b", undefined);
    assert.equal(cache.get("a"), undefined);
    cache.set("c", undefined);
    assert.deepEqual([cache.has("a"), cache.has("b")], [true, false]);
  });

  it("drops an entry 300 s after it was set, however often it was read", () => {
    let now = 1000;
    const cache = new TtlCache<string, number>({ now: () => now });
    cache.set("early", 1);
    now += 100_000;
    cache.set("late", 2);
    now += 199_999;
    assert.equal(cache.get("early"), 1);
    now += 1;
    assert.deepEqual([cache.get("early"), cache.has("early"), cache.get("late")], [undefined, false, 2]);
    assert.equal(cache.size, 1);
    now += 100_000;
    assert.equal(cache.size, 0);
  });

  it("lets setting again begin another life", () => {
    let now = 0;
    const cache = new TtlCache<string, number>({ seconds: 10, now: () => now });
    cache.set("a", 1);
    now = 9_000;
    cache.set("a", 2);
    now = 18_999;
    assert.equal(cache.get("a"), 2);
    now = 19_000;
    assert.equal(cache.get("a"), undefined);
  });

  it("drops the dead before it drops the least recently used", () => {
    let now = 0;
    const cache = new TtlCache<string, number>({ entries: 2, seconds: 10, now: () => now });
    cache.set("dies first", 1);
    now = 5_000;
    cache.set("lives", 2);
    cache.get("dies first");
    now = 12_000;
    cache.set("new", 3);
    assert.deepEqual([cache.get("lives"), cache.get("new")], [2, 3]);
  });

  it("can be told to forget one entry or all", () => {
    for (const cache of [new LruCache<string, number>(), new TtlCache<string, number>()]) {
      cache.set("a", 1);
      cache.set("b", 2);
      assert.deepEqual([cache.delete("a"), cache.delete("a"), cache.size], [true, false, 1]);
      cache.clear();
      assert.equal(cache.size, 0);
    }
  });

  it("refuses a size or a life that makes no sense", () => {
    assert.throws(() => new LruCache({ entries: 0 }), {
      name: "RangeError",
      message: "A cache's number of entries is 0: give a whole number from 1 to 1073741824.",
    });
    assert.throws(() => new TtlCache({ entries: 1.5 }), RangeError);
    for (const seconds of [0, -1, NaN]) assert.throws(() => new TtlCache({ seconds }), RangeError);
  });

  it("is empty after memory was short", () => {
    const caches = [new LruCache<string, number>(), new TtlCache<string, number>()];
    for (const cache of caches) cache.set("a", 1);
    releaseIdleMemory();
    assert.deepEqual(
      caches.map(({ size }) => size),
      [0, 0],
    );
  });
});

describe("The key of some audio", () => {
  const sound = Float32Array.of(0, 0.25, -0.25, 1);

  it("is the same for the same samples, wherever they lie in memory", () => {
    const elsewhere = Float32Array.of(9, 9, ...sound, 9).subarray(2, 6);
    assert.equal(audioKey([elsewhere], 44_100), audioKey([sound], 44_100));
    assert.match(audioKey([sound]), /^[0-9a-f]{64}$/);
  });

  it("differs with each sample, channel, kind of number and parameter", () => {
    const changed = sound.with(3, 0.999_999);
    const keys = [
      audioKey([sound]),
      audioKey([changed]),
      audioKey([sound, sound]),
      audioKey([Float32Array.of(...sound, ...sound)]),
      audioKey([sound.subarray(0, 2), sound.subarray(2)]),
      audioKey([Float64Array.from(sound)]),
      audioKey([]),
      audioKey([sound], 44_100),
      audioKey([sound], "44100"),
      audioKey([sound], 44_100, { window: "hann" }),
      audioKey([sound], 44_100, { window: "hamming" }),
      audioKey([sound], NaN),
      audioKey([sound], Infinity),
      audioKey([sound], null),
      audioKey([sound], Float32Array.of(1, 2)),
      audioKey([sound], [1, 2]),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });

  it("isn't made of a parameter that has no content", () => {
    assert.throws(() => audioKey([sound], () => 1), /could not be cloned/);
  });
});

describe("A function that remembers its results", () => {
  beforeEach(resetRememberedResults);

  it("computes once for each key", () => {
    let computed = 0;
    const energy = cached(
      function energy(samples: Float32Array): number {
        computed += 1;
        return samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
      },
      { key: (samples) => audioKey([samples]) },
    );
    assert.equal(energy(Float32Array.of(1, -1)), 1);
    assert.equal(energy(Float32Array.of(1, -1)), 1);
    assert.equal(energy(Float32Array.of(2, 2)), 4);
    assert.equal(computed, 2);
  });

  it("says how often it remembered, so that nobody takes that for speed", () => {
    const once = cached((x: number) => x, { key: String, name: "once" });
    const often = cached((x: number) => x, { key: String, name: "often" });
    once(1);
    [1, 2, 1, 1].forEach(often);
    assert.deepEqual(rememberedResults(), [{ name: "often", remembered: 2, computed: 2 }]);
    resetRememberedResults();
    assert.deepEqual(rememberedResults(), []);
    often(2);
    assert.deepEqual(rememberedResults(), [{ name: "often", remembered: 1, computed: 0 }]);
  });

  it("shares a result that is still to come", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    let computed = 0;
    const fetched = cached(
      async (name: string) => {
        computed += 1;
        return name + (await promise);
      },
      { key: (name) => name, name: "fetched" },
    );
    const both = Promise.all([fetched("a"), fetched("a")]);
    resolve(".wav");
    assert.deepEqual(await both, ["a.wav", "a.wav"]);
    assert.equal(await fetched("a"), "a.wav");
    assert.equal(computed, 1);
    assert.deepEqual(rememberedResults(), [{ name: "fetched", remembered: 2, computed: 1 }]);
  });

  it("keeps no errors and no rejections", async () => {
    let calls = 0;
    const sometimes = cached(
      (): number => {
        calls += 1;
        return calls === 1 ? failing() : calls;
      },
      { key: () => "", name: "sometimes" },
    );
    assert.throws(sometimes, { message: "no" });
    assert.equal(sometimes(), 2);

    let attempts = 0;
    const later = cached(
      async (): Promise<number> => {
        attempts += 1;
        return Promise.resolve(attempts === 1 ? failing() : attempts);
      },
      { key: () => "", name: "later" },
    );
    await Promise.all([
      assert.rejects(later(), { message: "no" }),
      assert.rejects(later(), { message: "no" }),
    ]);
    assert.equal(await later(), 2);
  });

  it("keeps results where it is told to", () => {
    let now = 0;
    const cache = new TtlCache<string, number>({ seconds: 1, now: () => now });
    let computed = 0;
    const count = cached(() => (computed += 1), { key: () => "only", cache, name: "count" });
    count();
    assert.deepEqual([count(), cache.get("only")], [1, 1]);
    now = 1000;
    assert.equal(count(), 2);
  });

  it("asks for a name where there is none", () => {
    assert.throws(() => cached(() => 1, { key: () => "" }), {
      name: "TypeError",
      message: "The function given to cached has no name: give one in its options.",
    });
  });
});
