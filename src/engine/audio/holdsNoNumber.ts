/** Whether a sample is NaN or infinite: sums with such a one are, too; four side by side, because each addition waits for the one before. */
export function holdsNoNumber(samples: Float32Array): boolean {
  const whole = samples.length - (samples.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let n = 0; n < whole; n += 4) {
    first += samples[n] ?? 0;
    second += samples[n + 1] ?? 0;
    third += samples[n + 2] ?? 0;
    fourth += samples[n + 3] ?? 0;
  }
  for (let n = whole; n < samples.length; n++) first += samples[n] ?? 0;
  return !Number.isFinite(first + second + (third + fourth));
}
