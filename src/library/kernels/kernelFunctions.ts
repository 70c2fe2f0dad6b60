/** Byte offset in the kernels' memory. */
export type Address = number;

/** What `assembly/` exports; its comments say what each one does. */
export interface KernelFunctions {
  biquads(
    audio: Address,
    stride: number,
    frames: number,
    channels: number,
    coefficients: Address,
    sections: number,
    state: Address,
    pairs: Address,
  ): void;
  biquadSquares(
    audio: Address,
    stride: number,
    frames: number,
    channels: number,
    coefficients: Address,
    sections: number,
    state: Address,
    pairs: Address,
    sums: Address,
  ): void;
  followPeaks(
    left: Address,
    right: Address,
    frames: number,
    attack: number,
    release: number,
    state: Address,
    writes: boolean,
  ): void;
  followPower(
    left: Address,
    right: Address,
    frames: number,
    attack: number,
    release: number,
    averaging: number,
    powerShare: number,
    state: Address,
  ): void;
  linkPeaks(audio: Address, stride: number, frames: number, channels: number, peaks: Address): void;
  applyGains(
    audio: Address,
    stride: number,
    frames: number,
    channels: number,
    gains: Address,
    ceiling: number,
  ): void;
  compressorGains(
    levels: Address,
    frames: number,
    threshold: number,
    slope: number,
    knee: number,
    makeup: number,
  ): void;
  limiterGains(
    peaks: Address,
    frames: number,
    segment: Address,
    window: number,
    recent: Address,
    smoothing: number,
    ceiling: number,
    release: number,
    state: Address,
  ): void;
  interpolatedPeaks(
    audio: Address,
    frames: number,
    table: Address,
    taps: number,
    peaks: Address,
    quiet: number,
  ): void;
  resample(
    input: Address,
    output: Address,
    frames: number,
    table: Address,
    taps: number,
    up: number,
    down: number,
    phase: number,
  ): void;
  decibels(amplitudes: Address, count: number, least: number): void;
  stereoSums(left: Address, right: Address, frames: number, sums: Address): void;
  mean(left: Address, right: Address, frames: number): void;
  zeroCrossings(samples: Address, frames: number): number;
}
