import assert from "node:assert/strict";
import {
  findPeaks,
  RealFft,
  spectralCentroid,
  spectralFlatness,
  spectralFlux,
  spectralRolloff,
  windowFunction,
  zeroCrossingRate,
  zeroCrossings,
} from "waveflame";
import { assertClose, roughSignal } from "./figures.ts";

const fft = new RealFft(512, { precision: "double" });
const hzPerBin = 16000 / 512;
const windowed = (signal: Float64Array): Float64Array =>
  signal.map((x, n) => x * windowFunction("hann", 512)[n]!);

describe("Features of a spectrum", () => {
  const frame = windowed(roughSignal(512));
  const magnitudes = fft.magnitudes(frame);
  const power = fft.powerSpectrum(frame);

  it("have NumPy's values by librosa's definitions", () => {
    assertClose(spectralCentroid(magnitudes, hzPerBin), 3875.29913325, 1e-6);
    assert.equal(spectralRolloff(power, hzPerBin), 6625);
    assertClose(spectralFlatness(power), 0.566119697417, 1e-10);
    // numpy.roll by 100 of 1024 samples
    const later = roughSignal(1024);
    const next = windowed(Float64Array.from([...later.subarray(924), ...later.subarray(0, 412)]));
    assertClose(spectralFlux(magnitudes, fft.magnitudes(next)), 370.901267074, 1e-7);
  });

  it("find a tone where it is, and nothing in silence", () => {
    const tone = new Float32Array(257);
    tone[64] = 3;
    assert.equal(spectralCentroid(tone, hzPerBin), 2000);
    assert.equal(spectralRolloff(tone, hzPerBin), 2000);
    assert.ok(spectralFlatness(tone) < 1e-7);
    const silence = new Float32Array(257);
    assert.equal(spectralCentroid(silence, hzPerBin), 0);
    assert.equal(spectralRolloff(silence, hzPerBin), 0);
    assertClose(spectralFlatness(silence), 1, 1e-12);
    assert.equal(spectralFlux(tone, silence), 0);
    assert.equal(spectralFlux(silence, tone), 3);
  });
});

describe("Zero crossings", () => {
  it("are counted as NumPy counts changes of sign", () => {
    assert.equal(zeroCrossings(roughSignal(1000)), 517);
    assert.equal(zeroCrossingRate(roughSignal(1000)), 0.517);
    assert.equal(zeroCrossings(Float32Array.of(0, 1, 0, -1, 0)), 2);
    assert.equal(zeroCrossingRate(new Float32Array(0)), 0);
  });
});

describe("Peaks", () => {
  const values = [0, 3, 1, 4, 4, 4, 2, 5, 1, 5, 0, 2, 2, 3, 1, 6, 6];

  it("are where SciPy's find_peaks finds them", () => {
    assert.deepEqual(findPeaks(values), [1, 4, 7, 9, 13]);
    assert.deepEqual(findPeaks(values, { height: 4 }), [4, 7, 9]);
    assert.deepEqual(findPeaks(values, { distance: 3 }), [1, 4, 9, 13]);
    assert.deepEqual(findPeaks(values, { height: 3, distance: 4 }), [4, 9, 13]);
    const rough = roughSignal(60);
    assert.deepEqual(findPeaks(rough, { distance: 5 }), [5, 14, 19, 26, 33, 40, 51, 58]);
    assert.deepEqual(findPeaks(rough, { height: 0.5, distance: 3 }), [2, 5, 14, 26, 33, 40, 58]);
  });

  it("aren't at the ends, nor in what stays level", () => {
    assert.deepEqual(findPeaks([5, 1, 5]), []);
    assert.deepEqual(findPeaks([1, 1, 1, 1]), []);
    assert.deepEqual(findPeaks([]), []);
  });
});
