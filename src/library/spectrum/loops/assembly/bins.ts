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
