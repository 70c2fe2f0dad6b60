import type { HotLine } from "../../core/lines/hotLines.ts";
import type { Base1Line } from "../../core/units.ts";

/** A measured line. */
export interface WalkPlace {
  readonly file: string;
  readonly line: Base1Line;
}

/**
 * The next cooler (`step` 1) or hotter (−1) line that can be gone to, round at the ends; null where none can. From
 * nowhere, or from a line that isn't hot, it starts with the hottest or the coolest.
 */
export async function walk(
  lines: readonly HotLine[],
  from: WalkPlace | null,
  step: 1 | -1,
  isThere: (line: HotLine) => Promise<boolean>,
): Promise<HotLine | null> {
  const at =
    from === null ? -1 : lines.findIndex(({ file, line }) => file === from.file && line === from.line);
  const start = at === -1 && step === -1 ? 0 : at;
  for (let steps = 1; steps <= lines.length; steps += 1) {
    const next = lines[(start + step * steps + lines.length * 2) % lines.length];
    if (next && (await isThere(next))) return next;
  }
  return null;
}
