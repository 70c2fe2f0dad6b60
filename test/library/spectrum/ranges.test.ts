import assert from "node:assert/strict";
import {
  MultichannelOverlapAdd,
  RealFft,
  Stft,
  takenFallbacks,
  windowFunction,
  type BinRange,
} from "waveflame";
import { roughSignal } from "./figures.ts";

type Spectra = readonly (Float32Array | Float64Array)[];

/** Sizes in compiled loops and in TypeScript: pffft knows multiples of 32. */
const KINDS = [
  { size: 512, precision: "single" },
  { size: 512, precision: "double" },
  { size: 38, precision: "single" },
] as const;

const powerOf = (spectra: Spectra, bin: number): number =>
  spectra.reduce((sum, spectrum) => sum + spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2, 0);

/** All kinds of rests of whole vectors. */
const RANGES: readonly BinRange[] = [
  [0, 1],
  [0, 20],
  [1, 2],
  [3, 5],
  [2, 15],
  [7, 19],
  [5, 18],
].map(([from = 0, to = 0]) => ({ from, to }));

function eachFrame(
  { size, precision }: (typeof KINDS)[number],
  channels: number,
  change: (frames: MultichannelOverlapAdd<"single" | "double">, spectra: Spectra) => void,
): Float64Array[] {
  const frames = new MultichannelOverlapAdd<"single" | "double">({ size, precision, channels });
  const block = Array.from({ length: channels }, (_, channel) =>
    roughSignal(3000).map((x) => x / (channel + 1)),
  );
  frames.process(block, (spectra) => {
    change(frames, spectra);
  });
  return block;
}

describe("Ranges of bins", () => {
  for (const kind of KINDS) {
    const named = `${kind.size} samples, ${kind.precision} precision`;

    it(`have the mean of their bins' levels, all channels alike (${named})`, () => {
      for (const channels of [1, 2, 3])
        eachFrame(kind, channels, (frames, spectra) => {
          for (const range of [...RANGES, { from: 4, to: frames.binCount }]) {
            let sum = 0;
            for (let bin = range.from; bin < range.to; bin += 1)
              sum += 10 * Math.log10(Math.max(1e-20, (0.25 * powerOf(spectra, bin)) / channels));
            const level = frames.meanLevel(range, 0.25);
            assert.ok(Math.abs(level - sum / (range.to - range.from)) < 1e-9, `${level}`);
          }
        });
    });

    it(`are multiplied, and no bin beside them (${named})`, () => {
      for (const range of RANGES)
        eachFrame(kind, 2, (frames, spectra) => {
          const before = spectra.map((spectrum) => spectrum.slice());
          frames.scaleBins(range, 0.5);
          spectra.forEach((spectrum, channel) => {
            spectrum.forEach((value, at) => {
              const isWithin = at >= 2 * range.from && at < 2 * range.to;
              assert.equal(value, before[channel]![at]! * (isWithin ? 0.5 : 1));
            });
          });
        });
    });

    it(`have the mean of their bins' magnitudes and powers (${named})`, () => {
      const signal = roughSignal(3000);
      const spectra: Spectra[] = [];
      new Stft<"single" | "double">(kind).push(signal, (spectrum) => spectra.push([spectrum.slice()]));
      const bands = [...RANGES, { from: 4, to: kind.size / 2 + 1 }];
      for (const [output, exponent] of [
        ["magnitude", 0.5],
        ["power", 1],
      ] as const) {
        const frames: number[] = [];
        new Stft<"single" | "double">({ ...kind, output, bands }).push(signal, (means, index) => {
          frames.push(index);
          bands.forEach(({ from, to }, band) => {
            let sum = 0;
            for (let bin = from; bin < to; bin += 1) sum += powerOf(spectra[index]!, bin) ** exponent;
            assert.ok(Math.abs((means[band]! * (to - from)) / sum - 1) < 1e-6);
          });
        });
        assert.equal(frames.length, spectra.length);
      }
    });
  }

  it("are refused where they have no bins, or others than there are, and where their mean would be complex", () => {
    const refused = [
      { from: 0, to: 34 },
      { from: 2, to: 2 },
      { from: -1, to: 2 },
      { from: 0.5, to: 2 },
    ];
    for (const range of refused) {
      const message = `A range of bins from ${range.from} to ${range.to} (exclusive) where there are 33: give whole numbers from 0 to 33, in order.`;
      assert.throws(() => new Stft({ size: 64, output: "power", bands: [range] }), { message });
      const frames = new MultichannelOverlapAdd({ size: 64 });
      assert.throws(() => frames.meanLevel(range), { message });
      assert.throws(() => {
        frames.scaleBins(range, 1);
      }, RangeError);
    }
    assert.throws(
      () => new Stft({ size: 64, bands: [{ from: 0, to: 1 }] }),
      /ask for the output "magnitude" or "power"/,
    );
  });

  it("count as −200 dB where there is silence, and as 200 dB above that or where there are no numbers", () => {
    for (const [value, expected] of [
      [0, -200],
      [3e30, 200],
      [NaN, 200],
    ] as const) {
      const frames = new MultichannelOverlapAdd({ size: 64 });
      frames.process([new Float32Array(64).fill(value)], () => {
        assert.equal(Math.round(frames.meanLevel({ from: 0, to: 1 })), expected);
      });
    }
  });

  it("come from windowed samples that are rounded once, as those of a loop over numbers", () => {
    const signal = Float32Array.from(roughSignal(4096));
    const window = windowFunction("hann", 1024);
    const fft = new RealFft(1024);
    new Stft({ size: 1024 }).push(signal, (spectrum, index) => {
      const frame = Float32Array.from(window, (weight, n) => weight * signal[index * 256 + n]!);
      assert.deepEqual(fft.forward(frame), spectrum.slice());
    });
    assert.deepEqual(takenFallbacks(), []);
  });
});
