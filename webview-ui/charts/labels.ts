/** A label that would like its middle at `x`. */
export interface WantedLabel {
  readonly x: number;
  readonly width: number;
}

/**
 * Left edges for labels in one row, in the order given (which is that of `x`): inside 0 to `room`, `gap` apart, as
 * near to their wish as that allows. Where they don't fit at all, those in the middle are left out (null).
 */
export function placeLabels(labels: readonly WantedLabel[], room: number, gap: number): (number | null)[] {
  const needed = labels.reduce((sum, label) => sum + label.width + gap, -gap);
  if (needed > room && labels.length > 1) {
    const middle = Math.floor(labels.length / 2);
    const without = labels.length === 2 ? 0 : middle;
    const rest = placeLabels(labels.toSpliced(without, 1), room, gap);
    return rest.toSpliced(without, 0, null);
  }
  const lefts = labels.map(({ x, width }) => Math.min(Math.max(0, x - width / 2), Math.max(0, room - width)));
  for (let index = 1; index < lefts.length; index++) {
    lefts[index] = Math.max(lefts[index] ?? 0, rightOf(index - 1) + gap);
  }
  let limit = room;
  for (let index = lefts.length - 1; index >= 0; index--) {
    const width = labels[index]?.width ?? 0;
    lefts[index] = Math.min(lefts[index] ?? 0, limit - width);
    limit = (lefts[index] ?? 0) - gap;
  }
  return lefts;

  function rightOf(index: number): number {
    return (lefts[index] ?? 0) + (labels[index]?.width ?? 0);
  }
}
