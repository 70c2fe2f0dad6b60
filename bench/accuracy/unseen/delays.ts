import { unseenShape } from "./unseenShape.ts";

/** Ring buffers: indices that wrap, reading between samples, and methods of several objects. */
export const delays = unseenShape({
  name: "delays",
  title: "delays",
  head: `class Comb {
  readonly #line: Float32Array;
  #at = 0;
  constructor(frames: number) {
    this.#line = new Float32Array(frames);
  }
  take(x: number): number { // combs
    const y = this.#line[this.#at]; // combs
    this.#line[this.#at] = x + 0.7 * y; // combs
    this.#at = this.#at + 1 === this.#line.length ? 0 : this.#at + 1; // combs
    return y; // combs
  }
}`,
  state: `const line = new Float32Array(4096);
      const combs = [1116, 1188, 1277, 1356].map((frames) => new Comb(frames));
      let at = 0;
      const kept = new Float64Array(2);
      const out = new Float32Array(1024);
      const history = new Float32Array(64);`,
  parts: [
    {
      name: "echo",
      title: "wrapping with a mask",
      code: `
for (let n = 0; n < voice.length; n += 1) {
  line[at] = voice[n] + 0.5 * line[(at - 900) & 4095];
  at = (at + 1) & 4095;
}`,
    },
    {
      name: "remainder",
      title: "wrapping by remainder",
      code: `
for (let n = 0; n < voice.length; n += 1) {
  out[n] = line[(at + 3 * n) % 4093];
}`,
    },
    {
      name: "chorus",
      title: "between samples, swept by a sine",
      code: `
let phase = kept[0];
for (let n = 0; n < voice.length; n += 2) {
  phase += 0.001;
  const behind = 500 + 400 * Math.sin(phase);
  const whole = Math.floor(behind);
  const a = line[(at - whole) & 4095];
  const b = line[(at - whole - 1) & 4095];
  out[n] = a + (behind - whole) * (b - a);
}
kept[0] = phase;`,
    },
    {
      name: "combs",
      title: "four combs, methods",
      code: `
for (let n = 0; n < voice.length; n += 1) {
  let wet = 0;
  for (const comb of combs) wet += comb.take(voice[n]);
  out[n] = wet;
}`,
    },
    {
      name: "shift",
      title: "history moved up by one",
      code: `
for (let n = 0; n < voice.length; n += 16) {
  history.copyWithin(1, 0, 63);
  history[0] = voice[n];
}`,
    },
  ],
});
