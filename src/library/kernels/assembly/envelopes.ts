// Attack and release are both computed and the right one is taken, without a branch: with the shorter time constant the new level is the one
// that lies nearer to the input, so when the attack is the shorter one it is always the larger of the two, otherwise the smaller.

/**
 * Peak level of `frames` floats of two channels, in place: e ← x + (e − x) α with x rectified. Where there is one channel, `right`
 * is `left`. Where `writes` is false, the levels may stay unwritten. `state` holds pairs: the levels; the mean squares; sums of the levels and the highest ones, which go on from what stands there.
 */
export function followPeaks(
  left: usize,
  right: usize,
  frames: i32,
  attack: f64,
  release: f64,
  state: usize,
  writes: bool,
): void {
  const up = f64x2.splat(attack);
  const down = f64x2.splat(release);
  const upShare = f64x2.splat(1 - attack);
  const downShare = f64x2.splat(1 - release);
  const attackIsShorter = attack <= release;
  let level = v128.load(state);
  let sum = v128.load(state, 32);
  let highest = v128.load(state, 48);
  const end = left + frames * 4;
  if (attackIsShorter) {
    // A frame waits for the level before it. Two frames at once wait half as long: put into each other, their four ways are three lines in
    // that level, of which the largest is right again.
    const upTwice = f64x2.mul(up, up);
    const upAndDown = f64x2.mul(up, down);
    const downTwice = f64x2.mul(down, down);
    for (; left + 8 <= end; left += 8) {
      const both = f32x4.abs(v128.shuffle<f32>(v128.load64_zero(left), v128.load64_zero(right), 0, 4, 1, 5));
      const first = f64x2.promote_low_f32x4(both);
      const second = f64x2.promote_low_f32x4(v128.shuffle<f32>(both, both, 2, 3, 2, 3));
      const rising = f64x2.mul(upShare, first);
      const falling = f64x2.mul(downShare, first);
      const risingNext = f64x2.mul(upShare, second);
      const fallingNext = f64x2.mul(downShare, second);
      const twiceUp = f64x2.add(risingNext, f64x2.mul(up, rising));
      const turning = f64x2.pmax(
        f64x2.add(risingNext, f64x2.mul(up, falling)),
        f64x2.add(fallingNext, f64x2.mul(down, rising)),
      );
      const twiceDown = f64x2.add(fallingNext, f64x2.mul(down, falling));
      const between = f64x2.pmax(
        f64x2.add(rising, f64x2.mul(up, level)),
        f64x2.add(falling, f64x2.mul(down, level)),
      );
      level = f64x2.pmax(
        f64x2.pmax(
          f64x2.add(twiceUp, f64x2.mul(upTwice, level)),
          f64x2.add(turning, f64x2.mul(upAndDown, level)),
        ),
        f64x2.add(twiceDown, f64x2.mul(downTwice, level)),
      );
      sum = f64x2.add(sum, f64x2.add(between, level));
      highest = f64x2.pmax(highest, f64x2.pmax(between, level));
      if (writes) {
        const levels = v128.shuffle<f32>(
          f32x4.demote_f64x2_zero(between),
          f32x4.demote_f64x2_zero(level),
          0,
          4,
          1,
          5,
        );
        v128.store64_lane(left, levels, 0);
        v128.store64_lane(right, levels, 1);
      }
      right += 8;
    }
  }
  for (; left < end; left += 4) {
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
