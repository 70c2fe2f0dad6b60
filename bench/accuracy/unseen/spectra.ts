import { unseenShape } from "./unseenShape.ts";

/** Transforms: strides, permutations, and decisions that depend on the data. */
export const spectra = unseenShape({
  name: "spectra",
  title: "spectra",
  head: `const SIZE = 256;
const WINDOW = Float64Array.from({ length: SIZE }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / SIZE));
const COS = Float64Array.from({ length: SIZE }, (_, n) => Math.cos((2 * Math.PI * n) / SIZE));
const SIN = Float64Array.from({ length: SIZE }, (_, n) => Math.sin((2 * Math.PI * n) / SIZE));`,
  state: `const re = new Float64Array(SIZE);
      const im = new Float64Array(SIZE);
      const power = new Float64Array(SIZE / 2);
      const peaks = new Int32Array(SIZE);
      const sorted = new Float64Array(SIZE / 2);`,
  parts: [
    {
      name: "windowed",
      title: "window",
      code: "for (let n = 0; n < SIZE; n += 1) re[n] = WINDOW[n] * voice[n];",
    },
    {
      name: "dft",
      title: "eight bins of a slow transform",
      code: `
for (let bin = 1; bin < 9; bin += 1) {
  let real = 0;
  let imaginary = 0;
  for (let n = 0; n < SIZE; n += 1) {
    real += re[n] * COS[(n * bin) & 255];
    imaginary -= re[n] * SIN[(n * bin) & 255];
  }
  im[bin] = real + imaginary;
}`,
    },
    {
      name: "butterflies",
      title: "butterflies of one size",
      code: `
for (let n = 0; n < SIZE / 2; n += 1) {
  const a = re[n];
  const b = re[n + SIZE / 2];
  re[n] = 0.5 * (a + b);
  re[n + SIZE / 2] = 0.5 * (a - b) * COS[n];
}`,
    },
    {
      name: "hypot",
      title: "magnitudes",
      code: "for (let n = 0; n < SIZE / 2; n += 1) power[n] = Math.hypot(re[n], im[n]);",
    },
    {
      name: "picking",
      title: "local peaks into an array",
      code: `
let found = 0;
for (let n = 1; n < SIZE - 1; n += 1) {
  if (voice[n] > voice[n - 1] && voice[n] > voice[n + 1]) peaks[found++] = n;
}`,
    },
    {
      name: "sorting",
      title: "median by sorting",
      code: `
sorted.set(power);
sorted[0] = turn;
sorted.sort();
power[0] = sorted[SIZE / 4];`,
    },
  ],
});
