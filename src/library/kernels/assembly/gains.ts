import { exp2, log2 } from "./exponentials";

// Arrays are padded to whole vectors of four floats; what a kernel writes behind the last frame is never read.

/** The largest magnitude of `channels` arrays of floats, `stride` bytes apart, frame by frame. */
export function linkPeaks(audio: usize, stride: usize, frames: i32, channels: i32, peaks: usize): void {
  for (const end = peaks + frames * 4; peaks < end; peaks += 16) {
    let peak = f32x4.abs(v128.load(audio));
    for (let channel = 1; channel < channels; channel += 1) {
      peak = f32x4.pmax(peak, f32x4.abs(v128.load(audio + channel * stride)));
    }
    v128.store(peaks, peak);
    audio += 16;
  }
}

/** Multiplies `channels` arrays, `stride` bytes apart, by the gains and keeps them within ± `ceiling`. */
export function applyGains(
  audio: usize,
  stride: usize,
  frames: i32,
  channels: i32,
  gains: usize,
  ceiling: f32,
): void {
  const most = f32x4.splat(ceiling);
  const least = f32x4.splat(-ceiling);
  for (let channel = 0; channel < channels; channel += 1) {
    const start = audio + channel * stride;
    for (let at: usize = 0, end = <usize>frames * 4; at < end; at += 16) {
      const y = f32x4.mul(v128.load(start + at), v128.load(gains + at));
      v128.store(start + at, f32x4.pmax(f32x4.pmin(y, most), least));
    }
  }
}

/** Levels to gains, in place: threshold, knee and makeup as binary logarithms, slope 1 / ratio − 1. */
export function compressorGains(
  levels: usize,
  frames: i32,
  threshold: f32,
  slope: f32,
  knee: f32,
  makeup: f32,
): void {
  const kneeStart = f32x4.splat(threshold - knee / 2);
  const kneeWidth = f32x4.splat(knee);
  const bend = f32x4.splat(knee > 0 ? slope / (2 * knee) : 0);
  const slopes = f32x4.splat(slope);
  const makeups = f32x4.splat(makeup);
  const zero = f32x4.splat(0);
  for (const end = levels + frames * 4; levels < end; levels += 16) {
    const over = f32x4.pmax(zero, f32x4.sub(log2(v128.load(levels)), kneeStart));
    const inKnee = f32x4.pmin(over, kneeWidth);
    const change = f32x4.add(
      f32x4.mul(f32x4.mul(inKnee, inKnee), bend),
      f32x4.mul(f32x4.sub(over, inKnee), slopes),
    );
    v128.store(levels, exp2(f32x4.add(change, makeups)));
  }
}

/**
 * Peaks to gains, in place: the largest peak of the last `window` frames, the gain that brings it down to the ceiling, its release, and the mean of
 * the last `smoothing` of these. `segment` holds `window` floats, `recent` `smoothing` doubles, `state` three doubles and two integers.
 */
export function limiterGains(
  peaks: usize,
  frames: i32,
  segment: usize,
  window: i32,
  recent: usize,
  smoothing: i32,
  ceiling: f64,
  release: f64,
  state: usize,
): void {
  let released = load<f64>(state);
  let sum = load<f64>(state, 8);
  let newest = <f32>load<f64>(state, 16);
  let at = load<i32>(state, 24);
  let oldest = load<i32>(state, 28);
  const share = 1 / <f64>smoothing;
  const approach = 1 - release;
  for (const end = peaks + frames * 4; peaks < end; peaks += 4) {
    const peak = load<f32>(peaks);
    newest = peak > newest ? peak : newest;
    store<f32>(segment + at * 4, peak);
    at += 1;
    let held = newest;
    if (at < window) {
      const before = load<f32>(segment + at * 4);
      held = before > held ? before : held;
    } else {
      maximaToTheEnd(segment, window);
      newest = 0;
      at = 0;
    }

    const needed = <f64>held > ceiling ? ceiling / <f64>held : 1;
    const rising = approach * needed + release * released;
    released = needed < rising ? needed : rising;

    sum += released - load<f64>(recent + oldest * 8);
    store<f64>(recent + oldest * 8, released);
    oldest = oldest + 1 < smoothing ? oldest + 1 : 0;
    store<f32>(peaks, <f32>(sum * share));
  }
  store<f64>(state, released);
  store<f64>(state, sum, 8);
  store<f64>(state, newest, 16);
  store<i32>(state, at, 24);
  store<i32>(state, oldest, 28);
}

function maximaToTheEnd(segment: usize, window: i32): void {
  let most: f32 = 0;
  for (let at = segment + (window - 1) * 4; at >= segment; at -= 4) {
    const peak = load<f32>(at);
    most = peak > most ? peak : most;
    store<f32>(at, most);
  }
}
