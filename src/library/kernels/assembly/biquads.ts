// Two channels ride in the two 64-bit lanes of a vector: a recursion can't be spread over time, but over channels it can.

const COEFFICIENTS: usize = 5 * 8;
const STATE: usize = 2 * 16;
const PAIR: usize = 16;

/**
 * Runs a cascade over `channels` arrays of `frames` floats, `stride` bytes apart, in place. `coefficients` are b0 b1 b2 a1 a2 of each section,
 * `state` two pairs for each section and pair of channels, `pairs` room for one pair per frame.
 */
export function biquads(
  audio: usize,
  stride: usize,
  frames: i32,
  channels: i32,
  coefficients: usize,
  sections: i32,
  state: usize,
  pairs: usize,
): void {
  const end = pairs + frames * PAIR;
  for (let channel = 0; channel < channels; channel += 2) {
    const left = audio + channel * stride;
    const right = channel + 1 < channels ? left + stride : left;
    gather(left, right, pairs, end);
    filter(pairs, end, coefficients, sections, state);
    scatter(pairs, end, left, right);
    state += sections * STATE;
  }
}

/** As `biquads`, but leaves the audio as it is: the sum of squares of what comes out goes into `sums`, a double for each channel. */
export function biquadSquares(
  audio: usize,
  stride: usize,
  frames: i32,
  channels: i32,
  coefficients: usize,
  sections: i32,
  state: usize,
  pairs: usize,
  sums: usize,
): void {
  const end = pairs + frames * PAIR;
  for (let channel = 0; channel < channels; channel += 2) {
    const left = audio + channel * stride;
    const right = channel + 1 < channels ? left + stride : left;
    gather(left, right, pairs, end);
    filter(pairs, end, coefficients, sections, state);
    const squares = squaresOf(pairs, end);
    store<f64>(sums, f64x2.extract_lane(squares, 0));
    if (right !== left) store<f64>(sums, f64x2.extract_lane(squares, 1), 8);
    state += sections * STATE;
    sums += 16;
  }
}

function filter(pairs: usize, end: usize, coefficients: usize, sections: i32, state: usize): void {
  for (; sections >= 2; sections -= 2) {
    twoSections(pairs, end, coefficients, state);
    coefficients += 2 * COEFFICIENTS;
    state += 2 * STATE;
  }
  if (sections > 0) oneSection(pairs, end, coefficients, state);
}

/** Of each lane, as two sums side by side: in one, each addition would wait for the one before. */
function squaresOf(pairs: usize, end: usize): v128 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (; pairs + PAIR < end; pairs += 2 * PAIR) {
    const first = v128.load(pairs);
    const second = v128.load(pairs, PAIR);
    even = f64x2.add(even, f64x2.mul(first, first));
    odd = f64x2.add(odd, f64x2.mul(second, second));
  }
  if (pairs < end) {
    const last = v128.load(pairs);
    even = f64x2.add(even, f64x2.mul(last, last));
  }
  return f64x2.add(even, odd);
}

function oneSection(pairs: usize, end: usize, coefficients: usize, state: usize): void {
  const b0 = v128.load64_splat(coefficients);
  const b1 = v128.load64_splat(coefficients, 8);
  const b2 = v128.load64_splat(coefficients, 16);
  const a1 = v128.load64_splat(coefficients, 24);
  const a2 = v128.load64_splat(coefficients, 32);
  // b1·x + s2 of the sample before, and that sample's output: what is still to be taken off then waits for nothing but the output.
  let next = v128.load(state);
  let s2 = v128.load(state, 16);
  let y = f64x2.splat(0);
  for (; pairs < end; pairs += PAIR) {
    const x = v128.load(pairs);
    y = f64x2.sub(f64x2.add(f64x2.mul(b0, x), next), f64x2.mul(a1, y));
    next = f64x2.add(f64x2.mul(b1, x), s2);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    v128.store(pairs, y);
  }
  v128.store(state, f64x2.sub(next, f64x2.mul(a1, y)));
  v128.store(state, s2, 16);
}

/** As `oneSection` twice, without writing and reading the pairs between. */
function twoSections(pairs: usize, end: usize, coefficients: usize, state: usize): void {
  const b0 = v128.load64_splat(coefficients);
  const b1 = v128.load64_splat(coefficients, 8);
  const b2 = v128.load64_splat(coefficients, 16);
  const a1 = v128.load64_splat(coefficients, 24);
  const a2 = v128.load64_splat(coefficients, 32);
  const d0 = v128.load64_splat(coefficients, 40);
  const d1 = v128.load64_splat(coefficients, 48);
  const d2 = v128.load64_splat(coefficients, 56);
  const c1 = v128.load64_splat(coefficients, 64);
  const c2 = v128.load64_splat(coefficients, 72);
  let next = v128.load(state);
  let s2 = v128.load(state, 16);
  let nextOfSecond = v128.load(state, 32);
  let t2 = v128.load(state, 48);
  let y = f64x2.splat(0);
  let z = f64x2.splat(0);
  for (; pairs < end; pairs += PAIR) {
    const x = v128.load(pairs);
    y = f64x2.sub(f64x2.add(f64x2.mul(b0, x), next), f64x2.mul(a1, y));
    next = f64x2.add(f64x2.mul(b1, x), s2);
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    z = f64x2.sub(f64x2.add(f64x2.mul(d0, y), nextOfSecond), f64x2.mul(c1, z));
    nextOfSecond = f64x2.add(f64x2.mul(d1, y), t2);
    t2 = f64x2.sub(f64x2.mul(d2, y), f64x2.mul(c2, z));
    v128.store(pairs, z);
  }
  v128.store(state, f64x2.sub(next, f64x2.mul(a1, y)));
  v128.store(state, s2, 16);
  v128.store(state, f64x2.sub(nextOfSecond, f64x2.mul(c1, z)), 32);
  v128.store(state, t2, 48);
}

function gather(left: usize, right: usize, pairs: usize, end: usize): void {
  for (; pairs + 4 * PAIR <= end; pairs += 4 * PAIR) {
    const l = v128.load(left);
    const r = v128.load(right);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 0, 4, 0, 4)));
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 1, 5, 1, 5)), PAIR);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 2, 6, 2, 6)), 2 * PAIR);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 3, 7, 3, 7)), 3 * PAIR);
    left += 16;
    right += 16;
  }
  for (; pairs < end; pairs += PAIR) {
    const lane = f64x2.splat(load<f32>(left));
    v128.store(pairs, f64x2.replace_lane(lane, 1, load<f32>(right)));
    left += 4;
    right += 4;
  }
}

function scatter(pairs: usize, end: usize, left: usize, right: usize): void {
  for (; pairs < end; pairs += PAIR) {
    store<f32>(left, <f32>load<f64>(pairs));
    store<f32>(right, <f32>load<f64>(pairs, 8));
    left += 4;
    right += 4;
  }
}
