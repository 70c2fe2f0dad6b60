import assert from "node:assert/strict";
import { GlobalsWatch } from "../../src/engine/worker/measuring/globalsWatch.ts";
import { withSilentTail } from "../../src/engine/audio/withSilentTail.ts";
import type { AudioSource } from "../../src/engine/audio/audioSource.ts";
import { FaintNoise } from "../../src/engine/worker/measuring/faintNoise.ts";
import { Inspector } from "../../src/engine/worker/measuring/inspection.ts";
import type { Block } from "../../src/library/pipeline.ts";

const block = (...channels: readonly Float32Array[]): Block => ({
  channels: [...channels],
  frames: channels[0]?.length ?? 0,
  startFrame: 0,
  time: 0,
});

describe("the watch over what the runtime brings", () => {
  it("names what was replaced and what was added, and nothing else", () => {
    const watch = new GlobalsWatch();
    assert.deepEqual(watch.changed(), []);
    const { map } = Array.prototype;
    const now = performance.now.bind(performance);
    try {
      // As a polyfill does it.
      Object.defineProperty(Array.prototype, "map", { value: () => [], configurable: true, writable: true });
      Object.defineProperty(Array.prototype, "second", { value: () => 2, configurable: true });
      Object.defineProperty(performance, "now", { value: () => 0, configurable: true });
      assert.deepEqual(watch.changed().toSorted(), [
        "Array.prototype.map",
        "Array.prototype.second",
        "performance.now",
      ]);
    } finally {
      Object.defineProperty(Array.prototype, "map", { value: map, configurable: true, writable: true });
      Reflect.deleteProperty(Array.prototype, "second");
      Reflect.deleteProperty(performance, "now");
    }
    assert.deepEqual(watch.changed(), []);
    assert.ok(now() > 0);
  });
});

describe("a silent tail", () => {
  const recording = Float32Array.from({ length: 100 }, (_, frame) => frame + 1);
  const source: AudioSource = {
    frames: 100,
    sampleRate: 50,
    channelCount: 1,
    encoding: "none",
    decodeMs: 0,
    problems: { places: 0, first: null, endsEarly: false, promised: null },
    read: (start, frames) => Promise.resolve([recording.slice(start, start + frames)]),
    close: () => Promise.resolve(),
  };

  it("comes after what is heard of the recording, also within one piece", async () => {
    const tailed = withSilentTail(source, 60, 2);
    assert.equal(tailed.frames, 160);
    assert.deepEqual(await tailed.read(58, 4), [Float32Array.of(59, 60, 0, 0)]);
    assert.deepEqual(await tailed.read(150, 10), [new Float32Array(10)]);
    assert.deepEqual(await tailed.read(0, 2), [Float32Array.of(1, 2)]);
  });
});

describe("faint noise", () => {
  it("is above what is denormal, and changes no sample that anybody hears", () => {
    const silent = new Float32Array(512);
    const loud = new Float32Array(512).fill(0.25);
    new FaintNoise().addTo(block(silent, loud));
    assert.ok(silent.some((sample) => sample !== 0));
    assert.ok(silent.every((sample) => Math.abs(sample) <= 1e-20));
    assert.ok(silent.filter((sample) => Math.abs(sample) > 2 ** -126).length > 500);
    assert.ok(loud.every((sample) => sample === 0.25));
  });
});

describe("the inspection of blocks", () => {
  const inspect = (given: Float32Array, put: Float32Array): ReturnType<Inspector["take"]> => {
    const inspector = new Inspector(1);
    inspector.begin(0, block(given));
    inspector.beforeStage(block(given));
    inspector.afterStage(0, 3, block(put));
    return inspector.take(1);
  };

  it("tells level, clipping and crossings of what goes in", () => {
    const { peak, rms, clipped, crossings } = inspect(Float32Array.of(1, 1, -0.5, 0.5), new Float32Array(4));
    assert.deepEqual([peak[0], clipped[0], crossings[0]], [1, 1, 2]);
    assert.ok(Math.abs((rms[0] ?? 0) - Math.sqrt(2.5 / 4)) < 1e-6);
  });

  it("counts denormal samples of what comes out", () => {
    assert.equal(inspect(new Float32Array(4), Float32Array.of(1e-40, -1e-39, 1e-37, 0)).denormals[0], 2);
  });

  it("knows whether a stage changed anything, to the bit", () => {
    const samples = Float32Array.of(0.1, 0, NaN);
    assert.deepEqual(inspect(samples, samples.slice()).changed, []);
    assert.deepEqual(inspect(samples, Float32Array.of(0.1, -0, NaN)).changed, [3]);
    assert.deepEqual(inspect(samples, Float32Array.of(0.1, 0)).changed, [3]);
  });
});
