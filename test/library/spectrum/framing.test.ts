import assert from "node:assert/strict";
import {
  FluxMeter,
  frameCount,
  Framer,
  frames,
  Istft,
  spectralFlux,
  Stft,
  type FrameOptions,
  type StftOptions,
} from "waveflame";
import { assertAllClose, assertClose, residualDb, roughSignal } from "./figures.ts";

const framesBy = (length: number, options: FrameOptions): number[][] =>
  [...frames(counting(length), options)].map((frame) => [...frame]);
const counting = (length: number): Float32Array => Float32Array.from({ length }, (_, n) => n + 1);

/** All spectra, the signal given in blocks of changing lengths. */
function spectraOf(signal: Float64Array, options: StftOptions): number[][] {
  const stft = new Stft(options);
  const spectra: number[][] = [];
  const keep = (spectrum: ArrayLike<number>, index: number): void => {
    assert.equal(index, spectra.length);
    spectra.push(Array.from(spectrum));
  };
  for (let at = 0, length = 1; at < signal.length; at += length, length = (length * 7) % 31)
    stft.push(signal.subarray(at, at + length), keep);
  stft.finish(keep);
  return spectra;
}

describe("Framing", () => {
  it("gives the frames within a signal, as views of it", () => {
    const signal = counting(10);
    const [first, second] = frames(signal, { size: 4, hop: 3 });
    assert.deepEqual([first, second], [signal.subarray(0, 4), signal.subarray(3, 7)]);
    assert.equal(first!.buffer, signal.buffer);
    assert.deepEqual(framesBy(3, { size: 4, hop: 3 }), []);
  });

  it("pads the end, so that every sample is in a frame", () => {
    assert.deepEqual(framesBy(6, { size: 4, hop: 3, padding: "end" }), [
      [1, 2, 3, 4],
      [4, 5, 6, 0],
    ]);
    assert.deepEqual(framesBy(2, { size: 4, hop: 3, padding: "end" }), [[1, 2, 0, 0]]);
  });

  it("centres frame k on sample k × hop, with zeros around the signal", () => {
    assert.deepEqual(framesBy(5, { size: 4, hop: 2, padding: "centre" }), [
      [0, 0, 1, 2],
      [1, 2, 3, 4],
      [3, 4, 5, 0],
    ]);
  });

  it("counts 343 whole frames of 512 by 256 in two seconds at 44.1 kHz, and one more with zeros", () => {
    // 1 + ⌊(88200 − 512) / 256⌋
    assert.equal(frameCount(88200, { size: 512, hop: 256 }), 343);
    assert.equal(frameCount(88200, { size: 512, hop: 256, padding: "end" }), 344);
  });

  it("gives a stream the frames that the whole signal has, however it is cut", () => {
    for (const padding of ["none", "end", "centre"] as const) {
      for (const [size, hop] of [
        [8, 3],
        [8, 8],
        [5, 9],
        [7, 1],
      ] as const) {
        for (const length of [0, 1, 4, 7, 8, 9, 23, 64]) {
          const signal = counting(length);
          for (const cut of [1, 3, 64]) {
            const framer = new Framer({ size, hop, padding });
            // The second signal shows that nothing of the first one is left.
            for (let turn = 0; turn < 2; turn += 1) {
              const found: number[][] = [];
              const keep = (frame: Float32Array): unknown => found.push([...frame]);
              for (let at = 0; at < length; at += cut) framer.push(signal.subarray(at, at + cut), keep);
              framer.finish(keep);
              assert.deepEqual(found, framesBy(length, { size, hop, padding }));
            }
          }
        }
      }
    }
  });
});

describe("The spectral flux of a signal", () => {
  // In compiled loops, in TypeScript, and for a size that pffft doesn't know.
  for (const [size, precision, tolerance] of [
    [512, "single", 1e-4],
    [512, "double", 1e-9],
    [38, "single", 1e-4],
  ] as const) {
    it(`is that of its magnitudes, which it adds up: ${size} samples, ${precision} precision`, () => {
      const signal = roughSignal(5000);
      const spectra = spectraOf(signal, { size, hop: 100, output: "magnitude", precision: "double" });
      const meter = new FluxMeter({ size, hop: 100, precision });
      const found: number[] = [];
      for (let at = 0; at < signal.length; at += 333)
        meter.push(signal.subarray(at, at + 333), (flux, index) => {
          assert.equal(index, found.length);
          found.push(flux);
        });
      assertAllClose(
        found,
        spectra.map((spectrum, index) =>
          index === 0 ? 0 : spectralFlux(Float64Array.from(spectra[index - 1]!), Float64Array.from(spectrum)),
        ),
        tolerance * size,
      );
      const sums = spectra[0]!.map((_, bin) => spectra.reduce((sum, spectrum) => sum + spectrum[bin]!, 0));
      assertAllClose(meter.magnitudeSums, sums, tolerance * size);
    });

    it(`leaves out frames with what is no number: ${size} samples, ${precision} precision`, () => {
      const meter = new FluxMeter({ size, hop: size, precision });
      const sine = Float64Array.from({ length: size }, (_, n) => Math.sin((2 * Math.PI * 4 * n) / size));
      const broken = sine.with(size - 3, NaN);
      const found: number[] = [];
      for (const frame of [broken, sine, broken, sine, sine.map((x) => 3 * x)])
        meter.push(frame, (flux) => found.push(flux));
      assert.deepEqual(found.map(Number.isNaN), [true, false, true, false, false]);
      // A Hann-windowed sine has its magnitude in three bins: a quarter, a half and a quarter of the frame, halved.
      assertAllClose([found[1]!, found[3]!, found[4]!], [0, 0, size], tolerance * size);
      assertClose(meter.magnitudeSums[4], (5 * size) / 4, tolerance * size);
    });
  }
});

describe("The short-time Fourier transform", () => {
  it("has NumPy's magnitudes of Hann-windowed frames", () => {
    const spectra = spectraOf(roughSignal(40), { size: 16, output: "magnitude", precision: "double" });
    assert.equal(spectra.length, 7);
    assertAllClose(
      spectra[2]!,
      [
        1.28196717951, 1.08091571965, 1.23697602311, 1.46586735462, 0.0230450455151, 1.40479115186,
        1.41893089431, 1.49866225105, 0.998696106051,
      ],
      1e-10,
    );
  });

  it("has scipy.signal.stft's magnitudes with centred frames, but for its scale", () => {
    const options = { size: 16, hop: 4, padding: "centre", precision: "double" } as const;
    const spectra = spectraOf(roughSignal(40), { ...options, output: "power" });
    const expected = [
      0.208194137367, 0.399528627866, 0.533449193758, 0.55071704556, 0.559777461454, 0.825767717718,
      1.14807991973, 1.03251081014, 0.739194879917,
    ];
    assert.equal(spectra.length, 11);
    assertAllClose(spectra[10]!.map(Math.sqrt), expected, 1e-10);
    const complex = spectraOf(roughSignal(40), options)[10]!;
    assertAllClose(
      expected.map((_, k) => Math.hypot(complex[2 * k]!, complex[2 * k + 1]!)),
      expected,
      1e-10,
    );
  });

  it("puts zeros after a frame where the transform is longer", () => {
    const window = [1, 1, 1, 1];
    const [first] = spectraOf(Float64Array.of(1, 0, 0, 1), { size: 4, window, fftSize: 32 });
    // 1 + exp(−2πi·3k / 32)
    assertAllClose(
      first!,
      Array.from({ length: 17 }, (_, k) => (3 * Math.PI * k) / 16).flatMap((angle) => [
        1 + Math.cos(angle),
        -Math.sin(angle),
      ]),
      1e-6,
    );
    assert.throws(() => new Stft({ size: 64, fftSize: 32 }), /The size of the FFT is 32/);
    assert.throws(() => new Stft({ size: 64, window }), /The window has 4 values where 64/);
  });

  it("makes a spectrogram of 512 by 128 in which a sine's power stands in one row", () => {
    const stft = new Stft({ size: 512, hop: 128, output: "power" });
    let columns = 0;
    stft.push(
      Float32Array.from({ length: 16000 }, (_, n) => Math.sin((2 * Math.PI * 32 * n) / 512)),
      (power) => {
        columns += 1;
        assert.equal(power.length, 257);
        assert.equal(power.indexOf(Math.max(...power)), 32);
      },
    );
    assert.equal(columns, 122);
  });

  for (const precision of ["single", "double"] as const) {
    it(`and its inverse give a whole signal back, edges included, in ${precision} precision`, () => {
      const signal = roughSignal(20_000);
      for (const [size, hop, fftSize] of [
        [4096, 2048, 4096],
        [512, 128, 512],
        [400, 160, 512],
        [1000, 300, 1000],
        [37, 12, 37],
      ] as const) {
        const options = { size, hop, fftSize, padding: "centre", precision } as const;
        const stft = new Stft(options);
        const istft = new Istft(options);
        for (let turn = 0; turn < 2; turn += 1) {
          const back: number[] = [];
          const keep = (samples: ArrayLike<number>): unknown => back.push(...Array.from(samples));
          for (let at = 0; at < signal.length; at += 777)
            stft.push(signal.subarray(at, at + 777), (spectrum) => istft.push(spectrum, keep));
          stft.finish((spectrum) => istft.push(spectrum, keep));
          istft.finish(keep, signal.length);
          assert.ok(residualDb(back, signal) < (precision === "single" ? -120 : -280));
        }
      }
    });
  }

  for (const [precision, unknown, limit] of [
    ["single", 14, -55],
    ["double", 1, -180],
  ] as const) {
    it(`leaves samples at 0 that windows hardly reach, in ${precision} precision`, () => {
      const signal = roughSignal(4096 * 3);
      const options = { size: 4096, hop: 1024, precision };
      const istft = new Istft(options);
      const back: number[] = [];
      const keep = (samples: ArrayLike<number>): unknown => back.push(...Array.from(samples));
      new Stft(options).push(signal, (spectrum) => istft.push(spectrum, keep));
      istft.finish(keep);
      assert.equal(back.length, signal.length);
      assert.deepEqual(back.slice(0, unknown), Array<number>(unknown).fill(0));
      const known = [unknown, signal.length - unknown] as const;
      assert.ok(residualDb(back.slice(...known), signal.slice(...known)) < limit);
    });
  }

  it("can't be inverted where hops leave gaps", () => {
    assert.throws(() => new Istft({ size: 64, hop: 65 }), /A hop of 65 leaves gaps between frames of 64/);
  });
});
