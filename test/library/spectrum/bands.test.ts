import assert from "node:assert/strict";
import {
  aWeighting,
  bandsOfBins,
  binFrequencies,
  CRITICAL_BAND_EDGES,
  Dct,
  hzToMel,
  logBandEdges,
  MelFilterBank,
  melToHz,
  Mfcc,
  RealFft,
  windowFunction,
} from "waveflame";
import { assertAllClose, assertClose, roughSignal } from "./figures.ts";

/** Powers of 512 Hann-windowed samples, at 16 kHz. */
function powers(): Float64Array {
  const window = windowFunction("hann", 512);
  const frame = roughSignal(512).map((x, n) => x * window[n]!);
  return new RealFft(512, { precision: "double" }).powerSpectrum(frame);
}

describe("A-weighting", () => {
  it("is the response of IEC 61672's poles, 0 dB at 1 kHz", () => {
    // SciPy: four zeros at 0, poles at the standard's frequencies, over the response at 1 kHz.
    for (const [frequencyHz, expected] of [
      [10, -70.4303682528],
      [31.5, -39.524994326],
      [100, -19.1427769441],
      [1000, 0],
      [2500, 1.27066869202],
      [8000, -1.14712634059],
      [20000, -9.3469121456],
    ] as const)
      assertClose(aWeighting(frequencyHz), expected, 0.001);
    assert.equal(aWeighting(0), -Infinity);
  });
});

describe("Bands", () => {
  it("are logarithmically spaced as NumPy's geomspace", () => {
    assertAllClose(
      logBandEdges(4, 20, 20000),
      [20, 112.468265038, 632.455532034, 3556.55882008, 20000],
      1e-7,
    );
    assert.equal(logBandEdges(64, 20, 20000)[64], 20000);
    assert.throws(() => logBandEdges(4, 0, 100), /Bands from 0 to 100 Hz: begin above 0 Hz/);
  });

  it("are 25 critical ones, each from one edge up to the next", () => {
    assert.equal(CRITICAL_BAND_EDGES.length, 26);
    // Bins of 100 Hz, up to 24 kHz.
    const bands = bandsOfBins(CRITICAL_BAND_EDGES, { size: 480, sampleRate: 48000 }, "last");
    assert.deepEqual([...bands.slice(0, 10)], [0, 1, 2, 3, 4, 4, 5, 6, 7, 7]);
    assert.deepEqual([bands[154], bands[155], bands[200], bands[240]], [23, 24, 24, 24]);
    const none = bandsOfBins(CRITICAL_BAND_EDGES, { size: 480, sampleRate: 48000 });
    assert.deepEqual([none[199], none[200], none[240]], [24, -1, -1]);
    assert.equal(bandsOfBins([200, 400], { size: 480, sampleRate: 48000 })[1], -1);
  });

  it("know the frequencies of bins, of odd sizes, too", () => {
    assert.deepEqual([...binFrequencies({ size: 4, sampleRate: 8000 })], [0, 2000, 4000]);
    assertAllClose(binFrequencies({ size: 5, sampleRate: 8000 }), [0, 1600, 3200], 1e-9);
  });
});

describe("Mel filters", () => {
  it("lie on HTK's scale or on Slaney's", () => {
    const frequencies = [0, 440, 1000, 4000, 8000];
    const htk = [0, 549.638675381, 999.98553714, 2146.06452751, 2840.02304671];
    const slaney = [0, 6.6, 15, 35.1637603146, 45.2456404719];
    for (const [index, frequency] of frequencies.entries()) {
      assertClose(hzToMel(frequency, "htk"), htk[index]!, 1e-8);
      assertClose(hzToMel(frequency), slaney[index]!, 1e-9);
      assertClose(melToHz(htk[index]!, "htk"), frequency, 1e-6);
      assertClose(melToHz(slaney[index]!), frequency, 1e-6);
    }
  });

  it("have librosa's weights, of area 1 or of height 1", () => {
    const slaney = new MelFilterBank({ size: 512, sampleRate: 16000 }).filters[20]!;
    assert.equal(slaney.start, 53);
    assertAllClose(
      slaney.weights,
      [
        0.00176932106019, 0.00359947747293, 0.00542963388566, 0.00725979029839, 0.00603834000261,
        0.00434190285047, 0.00264546569833, 0.00094902854619,
      ],
      1e-12,
    );
    const htk = new MelFilterBank({ size: 512, sampleRate: 16000, scale: "htk", normalise: "peak" })
      .filters[20]!;
    assert.equal(htk.start, 55);
    assertAllClose(
      htk.weights,
      [
        0.169037131713, 0.375032133458, 0.581027135203, 0.787022136948, 0.993017138692, 0.812851491463,
        0.619136388164, 0.425421284864, 0.231706181565, 0.0379910782655,
      ],
      1e-10,
    );
  });

  it("sum powers as the whole matrix does", () => {
    const bands = new MelFilterBank({ size: 512, sampleRate: 16000 }).apply(powers());
    for (const [band, expected] of [
      [0, 2.38683441437],
      [10, 0.627611224861],
      [20, 3.95173410847],
      [39, 1.84791224306],
    ] as const)
      assertClose(bands[band], expected, 1e-9);
  });

  it("are empty where they are narrower than a bin, and refused beyond half the sample rate", () => {
    const narrow = new MelFilterBank({ size: 64, sampleRate: 16000, count: 80 });
    assert.ok(narrow.filters.some(({ weights }) => weights.length === 0));
    assert.ok(narrow.apply(new Float64Array(33).fill(1)).every(Number.isFinite));
    assert.throws(
      () => new MelFilterBank({ size: 512, sampleRate: 16000, highestHz: 9000 }),
      /Mel filters from 0 to 9000 Hz: they must lie between 0 and 8000 Hz, in order\./,
    );
  });
});

describe("Cepstra", () => {
  it("come of SciPy's orthonormal DCT", () => {
    const expected = [
      -0.353229702797, -0.122877560095, -1.4117494303, -0.0128451309377, -0.730692831963, -0.00383191878769,
      0.533730403056, -0.00096707005996,
    ];
    assertAllClose(new Dct(8).apply(roughSignal(8)), expected, 1e-11);
    assertAllClose(new Dct(8, 3).apply(roughSignal(8)), expected.slice(0, 3), 1e-11);
    assert.throws(() => new Dct(8, 9), /A DCT of 8 numbers has no 9 coefficients/);
  });

  it("have the values of librosa's definition, in SciPy", () => {
    assertAllClose(
      new Mfcc({ size: 512, sampleRate: 16000 }).apply(powers()),
      [
        17.8163418946, 1.07352373979, 1.89150388937, 5.83164502069, 2.26713711624, -3.17502540433,
        -4.73064201571, -0.732122044619, 1.24359982146, 0.699427020265, -1.4684164604, -0.030670489348,
        3.48546352918,
      ],
      1e-8,
    );
    assertAllClose(
      new Mfcc({ size: 512, sampleRate: 16000, scale: "htk", normalise: "peak" }).apply(powers()),
      [
        156.970119387, -17.2238605791, 0.831672394614, 1.19771015375, 0.568418419722, -3.9639121044,
        -4.13165760987, -0.229022610585, 2.48557113971, 1.71770964349, -0.232475617749, -1.54436563836,
        1.35310215093,
      ],
      1e-8,
    );
  });

  it("of silence are those of the floor in all bands", () => {
    const silence = new Mfcc({ size: 512, sampleRate: 16000 }).apply(new Float32Array(257));
    assertClose(silence[0], -100 * Math.sqrt(40), 1e-9);
    for (const coefficient of silence.subarray(1)) assertClose(coefficient, 0, 1e-10);
  });
});
