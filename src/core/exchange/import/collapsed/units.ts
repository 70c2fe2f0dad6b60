import type { Imported } from "../../../run/measured/imported.ts";
import type { StackLine } from "./lines.ts";

interface CollapsedUnit {
  readonly kind: Imported["unit"];
  readonly perMs: number;
  readonly tool: string | null;
}

/** Only austin says what its counts are: microseconds, or bytes; with others they are samples. */
export function unitOf(headers: readonly string[], lines: readonly StackLine[]): CollapsedUnit {
  const version = headers
    .map((header) => /^austin: *(.*)$/i.exec(header)?.[1])
    .find((found) => found !== undefined);
  const mode = headers
    .map((header) => /^mode: *(\w+)/i.exec(header)?.[1])
    .find((found) => found !== undefined);
  const isAustin = version !== undefined || isOfAustin(lines);
  if (!isAustin) return { kind: "samples", perMs: 1, tool: null };
  const tool = version === undefined ? "austin" : `austin ${version}`;
  return mode === "memory" ? { kind: "bytes", perMs: 1, tool } : { kind: "time", perMs: 1000, tool };
}

/** Older ones write no header. */
const isOfAustin = ([line]: readonly StackLine[]): boolean =>
  line !== undefined && /^P\d+;T(\d+|0x[\da-f]+)(:\w+)?;/.test(line.stack);
