/**
 * A low-pass impulse response, sin(πct)/(πt) under a Kaiser window, at t samples from its centre; 0 from `halfWidth` on. `cutoff` is a fraction of
 * half the sample rate. (J. F. Kaiser 1974; A. V. Oppenheim, R. W. Schafer: Discrete-Time Signal Processing, 7.5.3.)
 */
export function windowedSinc(t: number, cutoff: number, halfWidth: number, beta: number): number {
  const place = t / halfWidth;
  if (Math.abs(place) >= 1) return 0;
  const angle = Math.PI * cutoff * t;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  return (cutoff * sinc * besselI0(beta * Math.sqrt(1 - place * place))) / besselI0(beta);
}

/** Kaiser's β for a stop-band so many dB down, from 50 dB. */
export const kaiserBeta = (stopbandDb: number): number => 0.1102 * (stopbandDb - 8.7);

/** Modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** Scales taps so that a constant passes unchanged. */
export function withUnitSum(taps: readonly number[]): number[] {
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}
