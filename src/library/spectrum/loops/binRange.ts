/** Bins of a spectrum, `to` exclusive. */
export interface BinRange {
  readonly from: number;
  readonly to: number;
}

/** @throws RangeError where it has no bins, or others than there are */
export function checkRange({ from, to }: BinRange, binCount: number): void {
  const isWithin = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= binCount;
  if (!isWithin)
    throw new RangeError(
      `A range of bins from ${from} to ${to} (exclusive) where there are ${binCount}: give whole numbers from 0 to ${binCount}, in order.`,
    );
}
