const BIN: usize = 8;
const TWO_BINS: usize = 2 * BIN;
/** As many as 64 bits can hold the product of, with powers from 1e-20 to 1e20. */
const BINS_OF_A_PRODUCT: usize = 12;
const LOG10_2 = 0.3010299956639812;
/** Of a double: its last 52 bits, and those of 1. */
const MANTISSA: i64 = 0xfffffffffffff;
const ONE: i64 = 0x3ff0000000000000;
const BIAS: i64 = 1023;

/**
 * The sum, over the bins from `from` to before `to`, of log10 of their power times `factor`, from 1e-20 to 1e20. A bin's power is the sum
 * of |X|² of `channels` spectra, `stride` bytes apart. One logarithm is taken of the product of all, whose exponent is counted apart.
 */
export function logPowerSum(
  spectra: usize,
  stride: usize,
  channels: i32,
  from: i32,
  to: i32,
  factor: f64,
): f64 {
  const factors = f64x2.splat(factor);
  const end = spectra + to * BIN;
  const endOfPairs = end - BIN;
  let at = spectra + from * BIN;
  let mantissa = 1.0;
  let exponent: i64 = 0;
  while (at < endOfPairs) {
    let product = f64x2.splat(1);
    const stop = min(endOfPairs, at + BINS_OF_A_PRODUCT * BIN);
    for (; at < stop; at += TWO_BINS) {
      product = f64x2.mul(product, twoPowers(at, stride, channels, factors));
    }
    mantissa *= f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1);
    const bits = reinterpret<i64>(mantissa);
    exponent += (bits >> 52) - BIAS;
    mantissa = reinterpret<f64>((bits & MANTISSA) | ONE);
  }
  if (at < end) mantissa *= f64x2.extract_lane(twoPowers(at, stride, channels, factors), 0);
  return Math.log10(mantissa) + <f64>exponent * LOG10_2;
}

/** Of two bins, times the factor, from 1e-20 to 1e20, which is also what no number is. */
function twoPowers(at: usize, stride: usize, channels: i32, factors: v128): v128 {
  let power = f64x2.splat(0);
  for (let channel = 0; channel < channels; channel += 1) {
    const bins = v128.load(at);
    const re = f64x2.promote_low_f32x4(v128.shuffle<f32>(bins, bins, 0, 2, 0, 2));
    const im = f64x2.promote_low_f32x4(v128.shuffle<f32>(bins, bins, 1, 3, 1, 3));
    power = f64x2.add(power, f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im)));
    at += stride;
  }
  power = f64x2.mul(power, factors);
  return f64x2.pmax(f64x2.pmin(f64x2.splat(1e20), power), f64x2.splat(1e-20));
}
