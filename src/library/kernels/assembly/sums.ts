/**
 * Of two arrays of `frames` floats: the sums of the left one's squares, of the right one's, and of their products, in 64 bits, and the largest
 * magnitude of those that are numbers, as four doubles into `sums`.
 */
export function stereoSums(left: usize, right: usize, frames: i32, sums: usize): void {
  let leftLeft = f64x2.splat(0);
  let rightRight = f64x2.splat(0);
  let leftRight = f64x2.splat(0);
  let peaks = f32x4.splat(0);
  const end = left + frames * 4;
  for (; left + 16 <= end; left += 16) {
    const l = v128.load(left);
    const r = v128.load(right);
    peaks = f32x4.pmax(f32x4.pmax(peaks, f32x4.abs(l)), f32x4.abs(r));
    const l0 = f64x2.promote_low_f32x4(l);
    const r0 = f64x2.promote_low_f32x4(r);
    const l1 = f64x2.promote_low_f32x4(v128.shuffle<f32>(l, l, 2, 3, 2, 3));
    const r1 = f64x2.promote_low_f32x4(v128.shuffle<f32>(r, r, 2, 3, 2, 3));
    leftLeft = f64x2.add(leftLeft, f64x2.add(f64x2.mul(l0, l0), f64x2.mul(l1, l1)));
    rightRight = f64x2.add(rightRight, f64x2.add(f64x2.mul(r0, r0), f64x2.mul(r1, r1)));
    leftRight = f64x2.add(leftRight, f64x2.add(f64x2.mul(l0, r0), f64x2.mul(l1, r1)));
    right += 16;
  }
  let ll = f64x2.extract_lane(leftLeft, 0) + f64x2.extract_lane(leftLeft, 1);
  let rr = f64x2.extract_lane(rightRight, 0) + f64x2.extract_lane(rightRight, 1);
  let lr = f64x2.extract_lane(leftRight, 0) + f64x2.extract_lane(leftRight, 1);
  let peak = max(
    max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1)),
    max(f32x4.extract_lane(peaks, 2), f32x4.extract_lane(peaks, 3)),
  );
  for (; left < end; left += 4) {
    const l = load<f32>(left);
    const r = load<f32>(right);
    peak = abs(l) > peak ? abs(l) : peak;
    peak = abs(r) > peak ? abs(r) : peak;
    ll += <f64>l * <f64>l;
    rr += <f64>r * <f64>r;
    lr += <f64>l * <f64>r;
    right += 4;
  }
  store<f64>(sums, ll);
  store<f64>(sums, rr, 8);
  store<f64>(sums, lr, 16);
  store<f64>(sums, peak, 24);
}

/** The mean of two arrays of `frames` floats, in place of the left one; up to three more are written. */
export function mean(left: usize, right: usize, frames: i32): void {
  const half = f32x4.splat(0.5);
  for (const end = left + frames * 4; left < end; left += 16) {
    v128.store(left, f32x4.add(f32x4.mul(v128.load(left), half), f32x4.mul(v128.load(right), half)));
    right += 16;
  }
}

/** How often one of `frames` floats is below 0 and the one before isn't, or the other way round; the first one is only what the second is compared with. */
export function zeroCrossings(samples: usize, frames: i32): i32 {
  const zero = f32x4.splat(0);
  let counts = i32x4.splat(0);
  const end = samples + frames * 4;
  let at = samples + 4;
  for (; at + 16 <= end; at += 16) {
    const crossed = v128.xor(f32x4.lt(v128.load(at), zero), f32x4.lt(v128.load(at - 4), zero));
    counts = i32x4.sub(counts, crossed);
  }
  let count =
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3);
  for (; at < end; at += 4) count += i32(load<f32>(at) < 0 !== load<f32>(at - 4) < 0);
  return count;
}
