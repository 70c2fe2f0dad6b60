import assert from "node:assert/strict";
import { OverlapAdd, RealFft, type OverlapAddOptions } from "waveflame";
import { residualDb, roughSignal } from "./figures.ts";

const asItIs = (): void => undefined;

/** What comes out of blocks of changing lengths, without the latency. */
function passThrough(
  overlapAdd: OverlapAdd<"single" | "double">,
  signal: Float64Array,
  change: (spectrum: Float32Array | Float64Array, index: number) => void = asItIs,
): number[] {
  const out: number[] = [];
  const lengths = [1, 64, 500, 4096, 7, 0, 9999];
  for (let at = 0, turn = 0; at < signal.length; turn += 1) {
    const block = signal.slice(at, at + lengths[turn % lengths.length]!);
    assert.equal(overlapAdd.process(block, change), block);
    out.push(...block);
    at += block.length;
  }
  out.push(...overlapAdd.finish(change));
  assert.equal(out.length, signal.length + overlapAdd.latencyFrames);
  return out.slice(overlapAdd.latencyFrames);
}

const OPTIONS: readonly OverlapAddOptions[] = [
  { size: 4096, hop: 2048 },
  { size: 4096, hop: 1024, window: "blackmanHarris" },
  { size: 1024 },
  { size: 1000, hop: 300, window: "hamming" },
  { size: 37, hop: 12 },
  { size: 512, hop: 512, window: "rectangular" },
];

describe("Overlap-add", () => {
  for (const precision of ["single", "double"] as const) {
    it(`leaves a signal as it was, edges included, in ${precision} precision`, () => {
      const signal = roughSignal(30_000);
      for (const options of OPTIONS) {
        const overlapAdd = new OverlapAdd<"single" | "double">({ ...options, precision });
        // The second signal shows that nothing of the first one is left.
        for (let turn = 0; turn < 2; turn += 1)
          assert.ok(
            residualDb(passThrough(overlapAdd, signal), signal) < (precision === "single" ? -120 : -280),
          );
      }
    });

    it(`leaves a constant constant, in ${precision} precision`, () => {
      const signal = new Float64Array(20_000).fill(1);
      const out = passThrough(new OverlapAdd<"single" | "double">({ size: 4096, precision }), signal);
      assert.ok(residualDb(out, signal) < -120);
    });
  }

  it("doesn't depend on how the signal is cut", () => {
    const signal = Float32Array.from(roughSignal(10_000));
    const mute = (spectrum: Float32Array): unknown => spectrum.fill(0, 100, 300);
    const whole = new OverlapAdd({ size: 512 }).process(signal.slice(), mute);
    const cut = new OverlapAdd({ size: 512 });
    const blocks = new Float32Array(signal.length);
    for (let at = 0; at < signal.length; at += 64)
      cut.process(signal.subarray(at, at + 64), mute, blocks.subarray(at, at + 64));
    assert.deepEqual(blocks, whole);
  });

  it("halves a signal whose bins are halved, and gives frames in order", () => {
    const signal = roughSignal(5000);
    const indices: number[] = [];
    const out = passThrough(new OverlapAdd({ size: 256, precision: "double" }), signal, (spectrum, index) => {
      indices.push(index);
      for (let n = 0; n < spectrum.length; n += 1) spectrum[n]! /= 2;
    });
    assert.ok(
      residualDb(
        out,
        signal.map((x) => x / 2),
      ) < -280,
    );
    assert.deepEqual(
      indices,
      indices.map((_, k) => k),
    );
    assert.equal(indices.length, Math.floor((5000 + 256) / 128));
  });

  it("isn't disturbed by another transform of the same size within its callback", () => {
    const signal = roughSignal(5000);
    const other = new RealFft(512);
    const out = passThrough(new OverlapAdd({ size: 512 }), signal, () =>
      other.forward(new Float32Array(512)),
    );
    assert.ok(residualDb(out, signal) < -120);
  });

  it("refuses windows that leave samples out, and another length for the output", () => {
    assert.throws(
      () => new OverlapAdd({ size: 512, hop: 512 }),
      /Windows of 512 samples with a hop of 512 leave samples that no window reaches: take a shorter hop\./,
    );
    assert.throws(() => new OverlapAdd({ size: 512, hop: 600, window: "rectangular" }), RangeError);
    assert.throws(
      () => new OverlapAdd({ size: 64 }).process(new Float32Array(10), asItIs, new Float32Array(9)),
      /The array for the output has 9 values where 10 are needed/,
    );
  });
});
