import type { HotLine } from "../../core/hotLines.ts";
import type { Base1Line } from "../../core/units.ts";

/** A measured line. */
export interface WalkPlace {
  readonly file: string;
  readonly line: Base1Line;
}

/**
 * The next cooler (`step` 1) or hotter (−1) line, round at the ends. From nowhere, or from a line that isn't hot, it
 * starts with the hottest or the coolest.
 */
export function walk(lines: readonly HotLine[], from: WalkPlace | null, step: 1 | -1): HotLine | null {
  const at =
    from === null ? -1 : lines.findIndex(({ file, line }) => file === from.file && line === from.line);
  const start = at === -1 && step === -1 ? 0 : at;
  return lines[(start + step + lines.length) % lines.length] ?? null;
}
