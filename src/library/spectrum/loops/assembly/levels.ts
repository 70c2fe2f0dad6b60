const BIN: usize = 8;
const TWO_BINS: usize = 2 * BIN;
/** As many as 64 bits can hold the product of, with powers from 1e-20 to 1e20, before one logarithm is taken of it. */
const BINS_OF_A_PRODUCT: usize = 12;

/**
 * The sum, over the bins from `from` to before `to`, of log10 of their power times `factor`, from 1e-20 to 1e20. A bin's power is the sum
 * of |X|² of `channels` spectra, `stride` bytes apart.
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
  const least = f64x2.splat(1e-20);
  const most = f64x2.splat(1e20);
  const end = spectra + to * BIN;
  const endOfPairs = end - BIN;
  let at = spectra + from * BIN;
  let sum = 0.0;
  while (at < endOfPairs) {
    let product = f64x2.splat(1);
    const stop = min(endOfPairs, at + BINS_OF_A_PRODUCT * BIN);
    for (; at < stop; at += TWO_BINS) {
      const power = f64x2.mul(twoPowers(at, stride, channels), factors);
      product = f64x2.mul(product, f64x2.pmax(f64x2.pmin(power, most), least));
    }
    sum += Math.log10(f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1));
  }
  if (at < end) {
    const power = f64x2.extract_lane(twoPowers(at, stride, channels), 0) * factor;
    sum += Math.log10(max(min(power, 1e20), 1e-20));
  }
  return sum;
}

function twoPowers(at: usize, stride: usize, channels: i32): v128 {
  let power = f64x2.splat(0);
  for (let channel = 0; channel < channels; channel += 1) {
    const bins = v128.load(at);
    const re = f64x2.promote_low_f32x4(v128.shuffle<f32>(bins, bins, 0, 2, 0, 2));
    const im = f64x2.promote_low_f32x4(v128.shuffle<f32>(bins, bins, 1, 3, 1, 3));
    power = f64x2.add(power, f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im)));
    at += stride;
  }
  return power;
}
