const ROUNDS = 60;

/** Work that needs nothing but a core: no memory to speak of, no calls. */
export function work(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i++) {
    let x = samples[i] ?? 0;
    for (let round = 0; round < ROUNDS; round++) x = x * 0.999 + Math.sin(x) * 0.001;
    samples[i] = x;
  }
}
