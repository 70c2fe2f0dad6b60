import { unseenShape } from "./unseenShape.ts";

/** Oscillators: objects in arrays, tables, a generator of noise in integers, and maps. */
export const voices = unseenShape({
  name: "oscillators",
  title: "oscillators",
  head: "const TABLE = Float32Array.from({ length: 2048 }, (_, at) => Math.sin((2 * Math.PI * at) / 2048));",
  state: `const notes = Array.from({ length: 6 }, (_, note) => ({ phase: 0, step: 3.7 + note, gain: 1 / (note + 1) }));
      const gains = new Map(notes.map(({ gain }, note) => [note, gain]));
      let seed = 1;
      const kept = new Float64Array(2);
      const out = new Float32Array(1024);`,
  parts: [
    {
      name: "tables",
      title: "wavetables, objects",
      code: `
for (const note of notes) {
  for (let n = 0; n < 256; n += 1) {
    note.phase = (note.phase + note.step) % 2048;
    out[n] += note.gain * TABLE[note.phase | 0];
  }
}`,
    },
    {
      name: "sines",
      title: "sine and cosine",
      code: `
let phase = kept[0];
for (let n = 0; n < 512; n += 1) {
  phase += 0.03;
  out[n] = Math.sin(phase) + 0.5 * Math.cos(3 * phase);
}
kept[0] = phase;`,
    },
    {
      name: "noise",
      title: "integers for noise",
      code: `
for (let n = 0; n < voice.length; n += 1) {
  seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
  out[n] = seed / 2147483648;
}`,
    },
    {
      name: "lookups",
      title: "map by number",
      code: `
let sum = 0;
for (let n = 0; n < 64; n += 1) {
  sum += gains.get(n % 6) ?? 0;
}
kept[1] = sum;`,
    },
    {
      name: "mixing",
      title: "two arrays into one",
      code: "for (let n = 0; n < out.length; n += 1) out[n] = 0.5 * (out[n] + voice[n]);",
    },
  ],
});
