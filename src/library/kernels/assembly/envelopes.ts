// Attack and release are both computed and the right one is taken, without a branch: with the shorter time constant the new level is the one
// that lies nearer to the input, so when the attack is the shorter one it is always the larger of the two, otherwise the smaller.

/**
 * Peak level of `frames` floats of two channels, in place: e ← x + (e − x) α with x rectified. Where there is one channel, `right`
 * is `left`. `state` holds pairs: the levels; the mean squares; sums of the levels and the highest ones, which go on from what stands there.
 */
export function followPeaks(
  left: usize,
  right: usize,
  frames: i32,
  attack: f64,
  release: f64,
  state: usize,
): void {
  const up = f64x2.splat(attack);
  const down = f64x2.splat(release);
  const upShare = f64x2.splat(1 - attack);
  const downShare = f64x2.splat(1 - release);
  const attackIsShorter = attack <= release;
  let level = v128.load(state);
  let sum = v128.load(state, 32);
  let highest = v128.load(state, 48);
  for (const end = left + frames * 4; left < end; left += 4) {
    const x = f64x2.abs(f64x2.replace_lane(f64x2.splat(load<f32>(left)), 1, load<f32>(right)));
    const rising = f64x2.add(f64x2.mul(upShare, x), f64x2.mul(up, level));
    const falling = f64x2.add(f64x2.mul(downShare, x), f64x2.mul(down, level));
    level = attackIsShorter ? f64x2.pmax(rising, falling) : f64x2.pmin(rising, falling);
    sum = f64x2.add(sum, level);
    highest = f64x2.pmax(highest, level);
    store<f32>(left, <f32>f64x2.extract_lane(level, 0));
    store<f32>(right, <f32>f64x2.extract_lane(level, 1));
    right += 4;
  }
  v128.store(state, level);
  v128.store(state, sum, 32);
  v128.store(state, highest, 48);
}

/**
 * As `followPeaks`, of a mixture of the root of the running mean square and the rectified signal.
 */
export function followPower(
  left: usize,
  right: usize,
  frames: i32,
  attack: f64,
  release: f64,
  averaging: f64,
  powerShare: f64,
  state: usize,
): void {
  const up = f64x2.splat(attack);
  const down = f64x2.splat(release);
  const upShare = f64x2.splat(1 - attack);
  const downShare = f64x2.splat(1 - release);
  const attackIsShorter = attack <= release;
  const kept = f64x2.splat(averaging);
  const added = f64x2.splat(1 - averaging);
  const rmsShare = f64x2.splat(powerShare);
  const peakShare = f64x2.splat(1 - powerShare);
  let level = v128.load(state);
  let sum = v128.load(state, 32);
  let highest = v128.load(state, 48);
  let meanSquare = v128.load(state, 16);
  for (const end = left + frames * 4; left < end; left += 4) {
    const peak = f64x2.abs(f64x2.replace_lane(f64x2.splat(load<f32>(left)), 1, load<f32>(right)));
    meanSquare = f64x2.add(f64x2.mul(added, f64x2.mul(peak, peak)), f64x2.mul(kept, meanSquare));
    const x = f64x2.add(f64x2.mul(rmsShare, f64x2.sqrt(meanSquare)), f64x2.mul(peakShare, peak));
    const rising = f64x2.add(f64x2.mul(upShare, x), f64x2.mul(up, level));
    const falling = f64x2.add(f64x2.mul(downShare, x), f64x2.mul(down, level));
    level = attackIsShorter ? f64x2.pmax(rising, falling) : f64x2.pmin(rising, falling);
    sum = f64x2.add(sum, level);
    highest = f64x2.pmax(highest, level);
    store<f32>(left, <f32>f64x2.extract_lane(level, 0));
    store<f32>(right, <f32>f64x2.extract_lane(level, 1));
    right += 4;
  }
  v128.store(state, level);
  v128.store(state, sum, 32);
  v128.store(state, highest, 48);
  v128.store(state, meanSquare, 16);
}
