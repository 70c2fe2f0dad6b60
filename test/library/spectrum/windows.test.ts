import assert from "node:assert/strict";
import { windowFunction, type WindowKind } from "waveflame";
import { assertAllClose } from "./figures.ts";

/** scipy.signal.get_window: periodic with 8 values, and symmetric with 5. */
const SCIPY: Readonly<Record<WindowKind, readonly [number[], number[]]>> = {
  rectangular: [
    [1, 1, 1, 1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
  ],
  hann: [
    [0, 0.146446609407, 0.5, 0.853553390593, 1, 0.853553390593, 0.5, 0.146446609407],
    [0, 0.5, 1, 0.5, 0],
  ],
  hamming: [
    [0.08, 0.214730880654, 0.54, 0.865269119346, 1, 0.865269119346, 0.54, 0.214730880654],
    [0.08, 0.54, 1, 0.54, 0.08],
  ],
  blackman: [
    [0, 0.0664466094067, 0.34, 0.773553390593, 1, 0.773553390593, 0.34, 0.0664466094067],
    [0, 0.34, 1, 0.34, 0],
  ],
  blackmanHarris: [
    [6e-5, 0.0217358370187, 0.21747, 0.695764162981, 1, 0.695764162981, 0.21747, 0.0217358370187],
    [6e-5, 0.21747, 1, 0.21747, 6e-5],
  ],
};

describe("Windows", () => {
  for (const [kind, [periodic, symmetric]] of Object.entries(SCIPY)) {
    it(`${kind}: has SciPy's values, periodic and symmetric`, () => {
      assertAllClose(windowFunction(kind as WindowKind, 8), periodic, 1e-12);
      assertAllClose(windowFunction(kind as WindowKind, 5, { symmetric: true }), symmetric, 1e-12);
    });
  }

  it("are computed once for each kind, size and shape", () => {
    assert.equal(windowFunction("hann", 512), windowFunction("hann", 512));
    assert.notEqual(windowFunction("hann", 512), windowFunction("hann", 512, { symmetric: true }));
    assert.notEqual(windowFunction("hann", 512), windowFunction("hamming", 512));
  });

  it("of one value are 1, and of none refused", () => {
    assert.deepEqual([...windowFunction("hann", 1)], [1]);
    assert.deepEqual([...windowFunction("hann", 1, { symmetric: true })], [1]);
    assert.throws(() => windowFunction("hann", 0), /The size of the window is 0/);
  });

  it("that aren't known are refused, with the names of those that are", () => {
    for (const kind of ["kaiser", "toString"]) {
      assert.throws(() => windowFunction(kind as WindowKind, 8), {
        name: "RangeError",
        message: `There is no window "${kind}": give one of "rectangular", "hann", "hamming", "blackman", "blackmanHarris".`,
      });
    }
  });
});
