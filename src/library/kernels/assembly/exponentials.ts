/** Bits of √½: mantissas from there to √2 lie evenly around 1. */
const ROOT_HALF: i32 = 0x3f3504f3;
const TWO_OVER_LN2: f32 = 2.8853900817779268;
const LN2: f32 = 0.6931471805599453;

/** Binary logarithm of four positive floats within 3e-7; −127 for 0. By 2 artanh((m − 1) / (m + 1)) of the mantissa. */
export function log2(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(ROOT_HALF)), 23);
  const mantissa = i32x4.sub(x, i32x4.shl(exponent, 23));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const square = f32x4.mul(s, s);
  let series = f32x4.splat(1.0 / 9);
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(1.0 / 7));
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(1.0 / 5));
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(1.0 / 3));
  series = f32x4.add(f32x4.mul(series, square), one);
  return f32x4.add(
    f32x4.convert_i32x4_s(exponent),
    f32x4.mul(f32x4.mul(series, s), f32x4.splat(TWO_OVER_LN2)),
  );
}

/** 2 to the power of four floats from −126 to 127, within 2e-7 of the result. By the exponential series of the fraction. */
export function exp2(x: v128): v128 {
  const whole = f32x4.nearest(f32x4.pmax(x, f32x4.splat(-126)));
  const t = f32x4.mul(f32x4.sub(x, whole), f32x4.splat(LN2));
  let series = f32x4.splat(1.0 / 5040);
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(1.0 / 720));
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(1.0 / 120));
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(1.0 / 24));
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(1.0 / 6));
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(0.5));
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(1));
  series = f32x4.add(f32x4.mul(series, t), f32x4.splat(1));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(series, scale);
}
