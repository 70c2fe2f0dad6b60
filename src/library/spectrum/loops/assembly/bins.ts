const BIN: usize = 8;
const FOUR_BINS: usize = 4 * BIN;

/** |X|² of `bins` bins. */
export function powers(spectrum: usize, out: usize, bins: i32): void {
  const end = spectrum + bins * BIN;
  for (; spectrum + FOUR_BINS <= end; spectrum += FOUR_BINS) {
    v128.store(out, fourPowers(spectrum));
    out += 16;
  }
  for (; spectrum < end; spectrum += BIN) {
    store<f32>(out, onePower(spectrum));
    out += 4;
  }
}

/** |X| of `bins` bins. */
export function magnitudes(spectrum: usize, out: usize, bins: i32): void {
  const end = spectrum + bins * BIN;
  for (; spectrum + FOUR_BINS <= end; spectrum += FOUR_BINS) {
    v128.store(out, f32x4.sqrt(fourPowers(spectrum)));
    out += 16;
  }
  for (; spectrum < end; spectrum += BIN) {
    store<f32>(out, sqrt(onePower(spectrum)));
    out += 4;
  }
}

/** The sum of |X|² over the bins from `from` to before `to`. */
export function powerSum(spectrum: usize, from: i32, to: i32): f64 {
  const end = spectrum + to * BIN;
  let at = spectrum + from * BIN;
  let sums = f32x4.splat(0);
  for (; at + FOUR_BINS <= end; at += FOUR_BINS) sums = f32x4.add(sums, fourPowers(at));
  let sum = sumOfLanes(sums);
  for (; at < end; at += BIN) sum += onePower(at);
  return sum;
}

/** The sum of |X|, likewise. */
export function magnitudeSum(spectrum: usize, from: i32, to: i32): f64 {
  const end = spectrum + to * BIN;
  let at = spectrum + from * BIN;
  let sums = f32x4.splat(0);
  for (; at + FOUR_BINS <= end; at += FOUR_BINS) sums = f32x4.add(sums, f32x4.sqrt(fourPowers(at)));
  let sum = sumOfLanes(sums);
  for (; at < end; at += BIN) sum += sqrt(onePower(at));
  return sum;
}

function sumOfLanes(sums: v128): f32 {
  return (
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3))
  );
}

function fourPowers(at: usize): v128 {
  const first = v128.load(at);
  const second = v128.load(at, 16);
  const re = v128.shuffle<f32>(first, second, 0, 2, 4, 6);
  const im = v128.shuffle<f32>(first, second, 1, 3, 5, 7);
  return f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
}

function onePower(at: usize): f32 {
  const re = load<f32>(at);
  const im = load<f32>(at, 4);
  return re * re + im * im;
}

/**
 * The sum of what `bins` magnitudes rose above those before. Where all are finite, they take the place of those before and are added to
 * `sums`, doubles; otherwise it isn't, and nothing changes. `out` is room for the magnitudes.
 */
export function rise(spectrum: usize, before: usize, sums: usize, out: usize, bins: i32): f64 {
  magnitudes(spectrum, out, bins);
  const zero = f32x4.splat(0);
  const whole = bins & ~3;
  let rises = f64x2.splat(0);
  let faults = zero;
  for (let bin = 0; bin < whole; bin += 4) {
    const now = v128.load(out + bin * 4);
    const rose = f32x4.pmax(zero, f32x4.sub(now, v128.load(before + bin * 4)));
    rises = f64x2.add(rises, f64x2.promote_low_f32x4(rose));
    rises = f64x2.add(rises, f64x2.promote_low_f32x4(v128.shuffle<f32>(rose, rose, 2, 3, 2, 3)));
    faults = f32x4.add(faults, f32x4.mul(now, zero));
  }
  let sum = f64x2.extract_lane(rises, 0) + f64x2.extract_lane(rises, 1) + sumOfLanes(faults);
  for (let bin = whole; bin < bins; bin++) {
    const now = load<f32>(out + bin * 4);
    const rose = now - load<f32>(before + bin * 4);
    sum += (rose > 0 ? rose : 0) + now * 0;
  }
  if (!isFinite(sum)) return NaN;
  for (let bin = 0; bin < whole; bin += 4) {
    const now = v128.load(out + bin * 4);
    const at = sums + bin * 8;
    v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(now)));
    v128.store(
      at,
      f64x2.add(v128.load(at, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(now, now, 2, 3, 2, 3))),
      16,
    );
    v128.store(before + bin * 4, now);
  }
  for (let bin = whole; bin < bins; bin++) {
    const now = load<f32>(out + bin * 4);
    store<f64>(sums + bin * 8, load<f64>(sums + bin * 8) + now);
    store<f32>(before + bin * 4, now);
  }
  return sum;
}
