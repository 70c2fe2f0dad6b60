/** Frames that are looked at together: are they all quiet? */
const STRETCH: usize = 32 * 4;

/**
 * Raises each of `peaks` to the largest magnitude of the signal from one sample to before the next: the three rows of `taps` floats in `table` give the points at a
 * quarter, a half and three quarters. `audio` is the newest sample that the first of them takes in; the taps before it lie in front. Where no sample
 * in reach is above `quiet`, only the samples themselves count.
 */
export function interpolatedPeaks(
  audio: usize,
  frames: i32,
  table: usize,
  taps: i32,
  peaks: usize,
  quiet: f32,
): void {
  const rowBytes: usize = taps * 4;
  let window = audio - rowBytes + 4;
  for (const end = peaks + frames * 4; peaks < end; peaks += STRETCH) {
    const bytes = end - peaks < STRETCH ? end - peaks : STRETCH;
    if (isAbove(window, bytes + rowBytes - 4, quiet)) raiseBetween(window, bytes, table, rowBytes, peaks);
    else raiseToSamples(window + rowBytes / 2 - 4, bytes, peaks);
    window += STRETCH;
  }
}

function isAbove(audio: usize, bytes: usize, quiet: f32): bool {
  let most = f32x4.splat(0);
  for (const end = audio + bytes; audio < end; audio += 16) {
    most = f32x4.pmax(most, f32x4.abs(v128.load(audio)));
  }
  return v128.any_true(f32x4.gt(most, f32x4.splat(quiet)));
}

function raiseToSamples(audio: usize, bytes: usize, peaks: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(peaks + at, f32x4.pmax(v128.load(peaks + at), f32x4.abs(v128.load(audio + at))));
  }
}

function raiseBetween(window: usize, bytes: usize, table: usize, rowBytes: usize, peaks: usize): void {
  const half = table + rowBytes;
  const threeQuarters = half + rowBytes;
  for (const end = peaks + bytes; peaks < end; peaks += 16) {
    const sample = v128.load(window + rowBytes / 2 - 4);
    let first = f32x4.splat(0);
    let second = f32x4.splat(0);
    let third = f32x4.splat(0);
    for (let tap: usize = 0; tap < rowBytes; tap += 4) {
      const x = v128.load(window + tap);
      first = f32x4.add(first, f32x4.mul(v128.load32_splat(table + tap), x));
      second = f32x4.add(second, f32x4.mul(v128.load32_splat(half + tap), x));
      third = f32x4.add(third, f32x4.mul(v128.load32_splat(threeQuarters + tap), x));
    }
    const outer = f32x4.pmax(f32x4.abs(first), f32x4.abs(third));
    const inner = f32x4.pmax(f32x4.abs(second), f32x4.abs(sample));
    v128.store(peaks, f32x4.pmax(v128.load(peaks), f32x4.pmax(outer, inner)));
    window += 16;
  }
}

/**
 * `frames` samples at up / down times the rate: each is the product of a window of `input` and the row of `table` (`up` rows of `taps` floats, a
 * multiple of eight) for its place between two samples, which for the first is `phase`.
 */
export function resample(
  input: usize,
  output: usize,
  frames: i32,
  table: usize,
  taps: i32,
  up: i32,
  down: i32,
  phase: i32,
): void {
  const rowBytes: usize = taps * 4;
  const wholeSteps: usize = (down / up) * 4;
  const step = down % up;
  for (const end = output + frames * 4; output < end; output += 4) {
    const row = table + phase * rowBytes;
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let tap: usize = 0; tap < rowBytes; tap += 32) {
      even = f32x4.add(even, f32x4.mul(v128.load(row + tap), v128.load(input + tap)));
      odd = f32x4.add(odd, f32x4.mul(v128.load(row + tap, 16), v128.load(input + tap, 16)));
    }
    const sum = f32x4.add(even, odd);
    store<f32>(
      output,
      f32x4.extract_lane(sum, 0) +
        f32x4.extract_lane(sum, 1) +
        (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)),
    );
    input += wholeSteps;
    phase += step;
    if (phase >= up) {
      phase -= up;
      input += 4;
    }
  }
}
