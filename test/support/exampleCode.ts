/** The text of the example run's hottest lines, as the editor hands it to the page. */
export const exampleCode: Readonly<Record<string, string>> = {
  "src/biquad.ts:31": "const y = b0 * x + z1;",
  "src/biquad.ts:17": "for (const section of sections) biquad(section, left);",
  "src/biquad.ts:33": "z2 = b2 * x - a2 * y;",
  "src/compressor.ts:42": "gain[i] = Math.pow(10, -over * slope / 20);",
  "src/oversample.ts:40": "sum += taps[k] * history[(at + k) & mask];",
  "src/envelope.ts:24": "level = Math.max(Math.abs(x), level * release);",
  "src/equaliser.ts:15": "output.set(cascade(left, sections));",
  "src/window.ts:6": "window[i] = 0.5 - 0.5 * Math.cos(step * i);",
  "src/limiter.ts:86": "while (queue[0] < value) queue.shift();",
};
