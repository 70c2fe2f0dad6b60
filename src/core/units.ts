declare const unit: unique symbol;

/**
 * A number with a unit. Plain numbers may become one, but a quantity of one unit can't be passed where another is
 * expected: `Seconds` given to a `Milliseconds` parameter doesn't compile.
 */
export type Quantity<U extends string> = number & { readonly [unit]?: U };

export type Seconds = Quantity<"s">;
export type Milliseconds = Quantity<"ms">;
export type Microseconds = Quantity<"µs">;
export type Bytes = Quantity<"B">;
/** One sample per channel. */
export type Frames = Quantity<"frames">;
export type Hertz = Quantity<"Hz">;
/** A part of a whole, 0 to 1. */
export type Share = Quantity<"share">;
/** Processing time as a fraction of real time: 1 is just in time. */
export type Load = Quantity<"load">;
/** 1 / load: audio duration per processing time. */
export type Speed = Quantity<"× real time">;
/** A line of a file as editors show it, from 1. */
export type Base1Line = Quantity<"line from 1">;
/** A line of a file as V8 and vscode count it, from 0. */
export type Base0Line = Quantity<"line from 0">;

export const toBase0 = (line: Base1Line): Base0Line => (line as number) - 1;
export const toBase1 = (line: Base0Line): Base1Line => (line as number) + 1;

export const framesToSeconds = (frames: Frames, sampleRate: Hertz): Seconds =>
  (frames as number) / (sampleRate as number);
export const speedOf = (load: Load): Speed => ((load as number) > 0 ? 1 / (load as number) : Infinity);
