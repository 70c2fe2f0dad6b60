import type { FileOutline } from "../lines/outline.ts";
import type { CallTreeFunction } from "../run/run.ts";

/** A sampled tree whose frames and lines are already known by file, in columns; a node's parent stands before it. */
export interface SampledFrames {
  /** −1 for a stage's root. */
  readonly parent: readonly number[];
  readonly stage: readonly number[];
  /** Null for a stage's root. */
  readonly frame: readonly (CallTreeFunction | null)[];
  readonly ticks: readonly SampledTicks[];
}

export interface SampledTicks {
  readonly node: number;
  /** The workspace file that the line lies in; null where none is known. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number;
  readonly ticks: number;
}

/** Where a stage's factory was written. */
export interface FactoryPlace {
  readonly file: string;
  readonly line: number;
}

export type Outlines = ReadonlyMap<string, FileOutline>;

/** A function of a workspace file, by its place in the file's outline. */
export interface SourceFunction {
  readonly file: string;
  readonly index: number;
}

export const keyOf = ({ file, index }: SourceFunction): string => `${file}|${index}`;

export function distinct(functions: readonly SourceFunction[]): SourceFunction[] {
  return [...new Map(functions.map((one) => [keyOf(one), one])).values()];
}
