/** Left and right become mid, (l + r) / 2, and side, (l − r) / 2, in place. */
export function toMidSide(left: Float32Array, right: Float32Array): void {
  for (let i = 0; i < left.length; i += 1) {
    const l = left[i] ?? 0;
    const r = right[i] ?? 0;
    left[i] = (l + r) / 2;
    right[i] = (l - r) / 2;
  }
}

/** Mid and side become left, m + s, and right, m − s, in place. */
export function fromMidSide(mid: Float32Array, side: Float32Array): void {
  for (let i = 0; i < mid.length; i += 1) {
    const m = mid[i] ?? 0;
    const s = side[i] ?? 0;
    mid[i] = m + s;
    side[i] = m - s;
  }
}

/** Multiplies the difference of two channels: 0 makes them one, 1 leaves them as they are. In place. */
export function changeWidth(left: Float32Array, right: Float32Array, width: number): void {
  const own = (1 + width) / 2;
  const other = (1 - width) / 2;
  for (let i = 0; i < left.length; i += 1) {
    const l = left[i] ?? 0;
    const r = right[i] ?? 0;
    left[i] = own * l + other * r;
    right[i] = own * r + other * l;
  }
}

/** Multiplies each channel by a linear gain, in place. */
export function applyGain(channels: readonly Float32Array[], gain: number): void {
  for (const samples of channels) {
    for (let i = 0; i < samples.length; i += 1) samples[i] = (samples[i] ?? 0) * gain;
  }
}

/** What sums of millions of squares are exact to. */
const ROUNDING = 1e-12;

/** Pearson's correlation of two channels, −1 to 1, block by block; 0 while one of them is constant, where it isn't defined. */
export class CorrelationMeter {
  #count = 0;
  #left = 0;
  #right = 0;
  #leftSquares = 0;
  #rightSquares = 0;
  #products = 0;

  /** One block; one that holds a sample that is no number is left out. */
  push(left: Float32Array, right: Float32Array): void {
    let [sumLeft, sumRight, leftSquares, rightSquares, products] = [0, 0, 0, 0, 0];
    for (let i = 0; i < left.length; i += 1) {
      const l = left[i] ?? 0;
      const r = right[i] ?? 0;
      sumLeft += l;
      sumRight += r;
      leftSquares += l * l;
      rightSquares += r * r;
      products += l * r;
    }
    if (!Number.isFinite(leftSquares + rightSquares)) return;
    this.#count += left.length;
    this.#left += sumLeft;
    this.#right += sumRight;
    this.#leftSquares += leftSquares;
    this.#rightSquares += rightSquares;
    this.#products += products;
  }

  get correlation(): number {
    const n = this.#count;
    const covariance = n * this.#products - this.#left * this.#right;
    const leftVariance = n * this.#leftSquares - this.#left ** 2;
    const rightVariance = n * this.#rightSquares - this.#right ** 2;
    const isConstant = (variance: number, squares: number): boolean => variance <= n * squares * ROUNDING;
    if (isConstant(leftVariance, this.#leftSquares) || isConstant(rightVariance, this.#rightSquares))
      return 0;
    return Math.max(-1, Math.min(1, covariance / Math.sqrt(leftVariance * rightVariance)));
  }
}

/** Pearson's correlation of two whole channels, as `CorrelationMeter` gives it. */
export function correlation(left: Float32Array, right: Float32Array): number {
  const meter = new CorrelationMeter();
  meter.push(left, right);
  return meter.correlation;
}
