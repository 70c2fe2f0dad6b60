// Arrays have room for a vector behind them: what is written there is never read.

/** out = samples · weights, `count` floats; the weights are doubles, so that a product is rounded once. */
export function multiply(samples: usize, weights: usize, out: usize, count: i32): void {
  for (const end = out + count * 4; out < end; out += 16) {
    const x = v128.load(samples);
    const low = f64x2.mul(f64x2.promote_low_f32x4(x), v128.load(weights));
    const high = f64x2.mul(
      f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)),
      v128.load(weights, 16),
    );
    v128.store(
      out,
      v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5),
    );
    samples += 16;
    weights += 32;
  }
}

/** sums += samples · weights, `count` floats. */
export function addProducts(samples: usize, weights: usize, sums: usize, count: i32): void {
  for (const end = sums + count * 4; sums < end; sums += 16) {
    const product = f32x4.mul(v128.load(samples), v128.load(weights));
    v128.store(sums, f32x4.add(v128.load(sums), product));
    samples += 16;
    weights += 16;
  }
}

/** numbers · factor into `out`, `count` floats and none behind them. */
export function scale(numbers: usize, out: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = out + count * 4;
  for (; out + 16 <= end; out += 16) {
    v128.store(out, f32x4.mul(v128.load(numbers), factors));
    numbers += 16;
  }
  for (; out < end; out += 4) {
    store<f32>(out, load<f32>(numbers) * factor);
    numbers += 4;
  }
}
