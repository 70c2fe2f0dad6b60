import { wholeNumber, type Samples } from "../samples.ts";

/**
 * Where frames begin and end. `none`, the default: only frames that lie within the signal. `end`: zeros after the end,
 * so that the last sample is in a frame, too. `centre`: frame k is centred on sample k × hop, with zeros before the
 * beginning and after the end.
 */
export type Padding = "none" | "end" | "centre";

export interface FrameOptions {
  /** Samples of a frame. */
  size: number;
  /** Samples from the beginning of a frame to that of the next. */
  hop: number;
  padding?: Padding;
}

/** Samples before the signal that belong to the first frame. */
export const leadOf = (size: number, padding: Padding): number =>
  padding === "centre" ? Math.floor(size / 2) : 0;

/** How many frames a signal of `length` samples has; none of none. */
export function frameCount(length: number, { size, hop, padding = "none" }: FrameOptions): number {
  if (length === 0) return 0;
  if (padding === "centre") return 1 + Math.floor(length / hop);
  if (padding === "none") return length < size ? 0 : 1 + Math.floor((length - size) / hop);
  // Where hops are longer than frames, a frame past the end would hold no sample at all.
  return Math.min(1 + Math.ceil(Math.max(0, length - size) / hop), Math.ceil(length / hop));
}

/**
 * The frames of a signal, one after the other: views of it, which cost nothing, or copies where zeros are needed.
 * @throws RangeError where size or hop isn't a whole number from 1 on
 */
export function frames(signal: Float32Array, options: FrameOptions): Generator<Float32Array, void, void>;
export function frames(signal: Float64Array, options: FrameOptions): Generator<Float64Array, void, void>;
export function frames(signal: Samples, options: FrameOptions): Generator<Samples, void, void> {
  return framesOf(signal, options);
}

function* framesOf(signal: Samples, options: FrameOptions): Generator<Samples, void, void> {
  const size = wholeNumber("The size of a frame", options.size);
  const hop = wholeNumber("The hop", options.hop);
  const count = frameCount(signal.length, options);
  const lead = leadOf(size, options.padding ?? "none");
  for (let index = 0; index < count; index += 1) {
    const start = index * hop - lead;
    const end = start + size;
    yield start >= 0 && end <= signal.length ? signal.subarray(start, end) : padded(signal, start, size);
  }
}

function padded(signal: Samples, start: number, size: number): Samples {
  const frame = signal instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  frame.set(signal.subarray(Math.max(0, start), Math.max(0, start + size)), Math.max(0, -start));
  return frame;
}
