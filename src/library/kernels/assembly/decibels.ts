import { log2 } from "./exponentials";

/** 20 · log10 2 */
const DECIBELS_OF_TWO: f32 = 6.0205999132796239;

/** Makes levels of `count` amplitudes, in place; what is smaller than `least` counts as that. NaN stays NaN, and infinity infinity. */
export function decibels(amplitudes: usize, count: i32, least: f32): void {
  const end = amplitudes + count * 4;
  for (; amplitudes < end; amplitudes += 16) {
    const sizes = f32x4.pmax(f32x4.abs(v128.load(amplitudes)), f32x4.splat(least));
    const levels = f32x4.mul(log2(sizes), f32x4.splat(DECIBELS_OF_TWO));
    const isFinite = f32x4.le(sizes, f32x4.splat(f32.MAX_VALUE));
    v128.store(amplitudes, v128.bitselect(levels, sizes, isFinite));
  }
}
