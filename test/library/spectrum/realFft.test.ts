import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { BatchFft, RealFft, takenFallbacks, type Precision } from "waveflame";
import { assertAllClose, assertClose, roughSignal } from "./figures.ts";

/** numpy.fft.rfft of the rough signal: bin, real and imaginary part. */
const NUMPY: Readonly<Record<number, readonly (readonly [number, number, number])[]>> = {
  2: [
    [0, -1.43090820312, 0],
    [1, -0.569091796875, 0],
  ],
  8: [
    [0, -0.999084472656, 0],
    [1, -2.6848667527, -0.896316357756],
    [2, -1.1096496582, -0.957061767578],
    [4, -0.0762939453125, 0],
  ],
  32: [
    [0, -0.417358398438, 0],
    [1, -2.24146407608, 1.90358372143],
    [4, -3.29607799236, -1.06960219451],
    [10, -1.34367746553, -3.08236648114],
    [16, -1.10455322266, 0],
  ],
  480: [
    [0, 6.57922363281, 0],
    [1, 1.83211735678, -3.21502181527],
    [68, -3.14663339762, 5.85381509047],
    [160, -0.0571136474609, 8.8855083871],
    [240, -0.390319824219, 0],
  ],
  1000: [
    [0, 5.67895507812, 0],
    [1, -0.954844403665, -5.36187694561],
    [142, 14.5746639565, -0.767854183027],
    [333, 3.37702032525, -0.0289643575081],
    [500, 0.616638183594, 0],
  ],
  1009: [
    [0, 5.53259277344, 0],
    [1, -0.980652007477, -5.33492662351],
    [144, -10.5730838377, 11.3613264527],
    [336, 3.51938187458, -0.537452738705],
    [504, -2.02999681165, -1.46814076836],
  ],
  1920: [
    [0, 1.18844604492, 0],
    [1, 5.5317507259, -2.15861712697],
    [274, -9.59575896903, 18.3092794619],
    [640, -8.94346618652, 11.705693897],
    [960, -1.27615356445, 0],
  ],
  2048: [
    [0, 6.66055297852, 0],
    [1, 10.4213709828, -0.0419930728981],
    [292, -18.0778198335, 16.7940254552],
    [682, 6.63601652826, -5.50696159175],
    [1024, -6.07797241211, 0],
  ],
  65536: [
    [0, -252.918121338, 0],
    [1, 12.4639455351, 69.2101146763],
    [9362, 31.8524804506, -48.1900850205],
    [21845, -134.634260464, -67.1243003299],
    [32768, -77.0791320801, 0],
  ],
};

/** Errors relative to the largest bin, or to full scale. */
const ERROR: Readonly<Record<Precision, number>> = { single: 1e-6, double: 1e-13 };
const PRECISIONS = ["single", "double"] as const;
const SIZES = [
  ...Array.from({ length: 16 }, (_, k) => 2 ** (k + 1)),
  ...[1, 3, 5, 7, 9, 12, 17, 31, 96, 97, 100, 160, 480, 1000, 1009, 1018, 1920, 2018, 44100],
];

function largest(values: Float32Array | Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

describe("The real FFT", () => {
  for (const precision of PRECISIONS) {
    it(`has NumPy's bins at every kind of size, in ${precision} precision`, () => {
      for (const [size, bins] of Object.entries(NUMPY)) {
        const signal = roughSignal(Number(size));
        const spectrum = new RealFft(signal.length, { precision }).forward(signal);
        // NumPy's figures are written down with twelve digits.
        const tolerance = Math.max(ERROR[precision], 1e-11) * largest(spectrum);
        for (const [bin, re, im] of bins) {
          assertClose(spectrum[2 * bin], re, tolerance);
          assertClose(spectrum[2 * bin + 1], im, tolerance);
        }
      }
    });

    it(`gives a signal back by the inverse, at every size, in ${precision} precision`, () => {
      for (const size of SIZES) {
        const fft = new RealFft(size, { precision });
        const signal = roughSignal(size);
        assertAllClose(fft.inverse(fft.forward(signal)), signal, ERROR[precision]);
      }
    });

    it(`turns an impulse at n into exp(−2πikn / N), in ${precision} precision`, () => {
      for (const size of SIZES.filter((size) => size > 4)) {
        const impulse = new Float32Array(size);
        impulse[3] = 1;
        const fft = new RealFft(size, { precision });
        const expected = Array.from({ length: fft.binCount }, (_, k) => {
          const angle = (-2 * Math.PI * 3 * k) / size;
          return [Math.cos(angle), Math.sin(angle)];
        });
        assertAllClose(fft.forward(impulse), expected.flat(), 3 * ERROR[precision]);
      }
    });

    it(`keeps the energy of the signal (Parseval), in ${precision} precision`, () => {
      for (const size of [2, 32, 480, 1000, 2048, 65536]) {
        const signal = roughSignal(size);
        const power = new RealFft(size, { precision }).powerSpectrum(signal);
        // The first and the last bin stand for themselves, the others for two.
        let twice = -power[0]! - power[size / 2]!;
        for (const bin of power) twice += 2 * bin;
        const energy = signal.reduce((sum, x) => sum + x * x, 0);
        assertClose(twice / size / energy, 1, ERROR[precision]);
      }
    });
  }

  it("shows a sine at its bin, with half the frame as magnitude, and nothing elsewhere", () => {
    const size = 2048;
    const sine = Float32Array.from({ length: size }, (_, n) => Math.sin((2 * Math.PI * 100 * n) / size));
    const magnitudes = new RealFft(size).magnitudes(sine);
    assertClose(magnitudes[100], size / 2, 1e-3);
    magnitudes[100] = 0;
    assert.ok(largest(magnitudes) < 1e-3);
  });

  it("gives powers and magnitudes that are the bins' own", () => {
    const fft = new RealFft(480, { precision: "double" });
    const signal = roughSignal(480);
    const bins = fft.forward(signal);
    const expected = Array.from({ length: 241 }, (_, k) => Math.hypot(bins[2 * k]!, bins[2 * k + 1]!));
    assertAllClose(fft.magnitudes(signal), expected, 1e-12);
    assertAllClose(
      fft.powerSpectrum(signal),
      expected.map((magnitude) => magnitude ** 2),
      1e-10,
    );
  });

  it("writes into the array given and leaves what it reads alone", () => {
    for (const precision of PRECISIONS) {
      const fft = new RealFft(64, { precision });
      const signal = roughSignal(64);
      const spectrum = new Float32Array(66);
      assert.equal(fft.forward(signal, spectrum), spectrum);
      const kept = spectrum.slice();
      fft.inverse(spectrum);
      assert.deepEqual(signal, roughSignal(64));
      assert.deepEqual(spectrum, kept);
    }
  });

  it("counts for nothing what the first and the last bin have for imaginary parts, as NumPy", () => {
    for (const precision of PRECISIONS) {
      const fft = new RealFft(32, { precision });
      const spectrum = fft.forward(roughSignal(32));
      const expected = fft.inverse(spectrum);
      spectrum[1] = spectrum[33] = 5;
      assert.deepEqual(fft.inverse(spectrum), expected);
    }
  });

  it("keeps transforms of one size, and of many, apart", () => {
    const ffts = Array.from({ length: 200 }, (_, k) => new RealFft(32 * (1 + (k % 20))));
    const spectra = ffts.map((fft) => fft.forward(roughSignal(fft.size)));
    for (const [k, fft] of ffts.entries())
      assertAllClose(fft.inverse(spectra[k]!), roughSignal(fft.size), 1e-6);
  });

  it("says which length is wrong, and what a size must be", () => {
    const fft = new RealFft(16);
    assert.throws(() => new RealFft(0), /The size of the FFT is 0: give a whole number from 1/);
    assert.throws(() => new RealFft(12.5), RangeError);
    assert.throws(
      () => fft.forward(new Float32Array(8)),
      /The frame has 8 values where 16 are needed: give an array of that length\./,
    );
    assert.throws(() => fft.inverse(new Float32Array(16)), /The spectrum has 16 values where 18/);
    assert.throws(() => fft.powerSpectrum(new Float32Array(16), new Float32Array(8)), RangeError);
  });

  it("takes pffft without a fallback here, and says so where WebAssembly is missing", () => {
    new RealFft(2048);
    assert.deepEqual(
      takenFallbacks().filter(({ wanted }) => wanted.startsWith("pffft")),
      [],
    );
    const script = `
      delete globalThis.WebAssembly;
      const { RealFft, takenFallbacks } = await import(${JSON.stringify(import.meta.resolve("waveflame"))});
      const before = takenFallbacks().length;
      const impulse = new Float32Array(2048);
      impulse[0] = 1;
      const spectrum = new RealFft(2048).forward(impulse);
      new RealFft(2048);
      console.log(JSON.stringify({ before, re: spectrum[1000], kind: spectrum.constructor.name, taken: takenFallbacks() }));
    `;
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    const { before, re, kind, taken } = JSON.parse(printed) as {
      before: number;
      re: number;
      kind: string;
      taken: { wanted: string; taken: string }[];
    };
    assert.deepEqual([before, re, kind], [0, 1, "Float32Array"]);
    assert.deepEqual(
      taken.map(({ wanted, taken }) => [wanted, taken]),
      [["pffft, the FFT in WebAssembly", "the TypeScript FFT"]],
    );
  });
});

describe("The batch FFT", () => {
  it("gives what one transform after the other gives, row by row", () => {
    for (const precision of PRECISIONS) {
      for (const [size, count] of [
        [2048, 37],
        [480, 3],
        [1000, 2],
        [9, 5],
      ] as const) {
        const signals = Float32Array.from(roughSignal(size * count));
        const fft = new RealFft(size, { precision });
        const spectra = new BatchFft(size, { precision }).forward(signals);
        const width = 2 * fft.binCount;
        assert.equal(spectra.length, count * width);
        for (let row = 0; row < count; row += 1) {
          assert.deepEqual(
            spectra.slice(row * width, (row + 1) * width),
            fft.forward(signals.subarray(row * size, (row + 1) * size)),
          );
        }
      }
    }
  });

  it("refuses signals that aren't whole rows, and takes none at all", () => {
    const batch = new BatchFft(2048);
    assert.throws(
      () => batch.forward(new Float32Array(3000)),
      /3000 samples aren't whole signals of 2048: pad the last one with zeros\./,
    );
    assert.equal(batch.forward(new Float32Array(0)).length, 0);
  });
});
