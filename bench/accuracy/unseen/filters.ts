import { unseenShape } from "./unseenShape.ts";

/** Filters and level detectors, sample by sample. */
export const filters = unseenShape({
  name: "filters",
  title: "filters",
  head: "const TAPS = Float64Array.from({ length: 24 }, (_, tap) => 1 / (tap + 2));",
  state: `const kept = new Float64Array(5);
      const out = new Float32Array(1024);`,
  parts: [
    {
      name: "biquad",
      title: "biquad, transposed",
      code: `
let z1 = kept[0];
let z2 = kept[1];
for (let n = 0; n < voice.length; n += 1) {
  const x = voice[n];
  const y = 0.2 * x + z1;
  z1 = 0.3 * x + 0.4 * y + z2;
  z2 = 0.1 * x - 0.3 * y;
  out[n] = y;
}
kept[0] = z1;
kept[1] = z2;`,
    },
    {
      name: "fir",
      title: "24 taps",
      code: `
for (let n = TAPS.length; n < voice.length; n += 1) {
  let y = 0;
  for (let tap = 0; tap < TAPS.length; tap += 1) {
    y += TAPS[tap] * voice[n - tap];
  }
  out[n] = y;
}`,
    },
    {
      name: "smooth",
      title: "one pole",
      code: `
let low = kept[2];
for (let n = 0; n < voice.length; n += 1) low += 0.05 * (voice[n] - low);
kept[2] = low;`,
    },
    {
      name: "detector",
      title: "attack and release",
      code: `
let envelope = kept[3];
for (let n = 0; n < voice.length; n += 1) {
  const level = Math.abs(voice[n]);
  const speed = level > envelope ? 0.2 : 0.002;
  envelope += speed * (level - envelope);
}
kept[3] = envelope;`,
    },
    {
      name: "decibels",
      title: "logarithm and power",
      code: `
let sum = 0;
for (let n = 0; n < voice.length; n += 8) {
  const db = 20 * Math.log10(Math.abs(voice[n]) + 1e-6);
  sum += 10 ** (Math.min(0, -20 - db) / 40);
}
kept[4] = sum;`,
    },
    {
      name: "clip",
      title: "soft clipping",
      code: "for (let n = 0; n < voice.length; n += 4) out[n] = Math.tanh(2 * voice[n]);",
    },
  ],
});
