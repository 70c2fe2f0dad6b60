import type { FoldedTime, LineFigures, Run } from "../run/run.ts";
import type { Base1Line, Load, Milliseconds, Share } from "../units.ts";
import { mergedFolded } from "./foldedTimes.ts";

/** A source line and what it cost in all stages that ran it. */
export interface HotLine {
  readonly file: string;
  readonly line: Base1Line;
  readonly share: Share;
  /** Half-width of the 95 % interval of `share`. */
  readonly error: Share;
  readonly selfMs: Milliseconds;
  readonly totalMs: Milliseconds;
  readonly load: Load;
  readonly ticks: number;
  /** Those that ran it, the costliest first. */
  readonly stages: readonly string[];
  /** What of `selfMs` ran in packages and in Node; the longest first. */
  readonly folded: readonly FoldedTime[];
}

/** Lines under one percent stay clean unless a setting says otherwise. */
export const MINIMUM_SHARE: Share = 0.01;

/** Merged over stages, longest first, without lines within their error of nothing. */
export function hotLines(run: Run, minimumShare: Share = MINIMUM_SHARE): HotLine[] {
  const byPlace = new Map<string, LineFigures[]>();
  for (const part of run.lines) {
    const place = `${part.line}:${part.file}`;
    const known = byPlace.get(place);
    if (known) known.push(part);
    else byPlace.set(place, [part]);
  }
  return [...byPlace.values()]
    .map(merge)
    .filter(({ share, error }) => share >= minimumShare && share > error)
    .sort((a, b) => b.selfMs - a.selfMs || a.file.localeCompare(b.file) || a.line - b.line);
}

function merge(parts: readonly LineFigures[]): HotLine {
  const sum = (figure: (part: LineFigures) => number): number =>
    parts.reduce((total, part) => total + figure(part), 0);
  const [first] = parts;
  if (!first) throw new RangeError("A hot line needs at least one line of a run.");
  return {
    file: first.file,
    line: first.line,
    share: sum(({ share }) => share),
    // The stages were sampled apart, so their errors are independent.
    error: Math.sqrt(sum(({ error }) => error ** 2)),
    selfMs: sum(({ selfMs }) => selfMs),
    totalMs: sum(({ totalMs }) => totalMs),
    load: sum(({ load }) => load),
    ticks: sum(({ ticks }) => ticks),
    stages: [...parts].sort((a, b) => b.selfMs - a.selfMs).map(({ stage }) => stage),
    folded: mergedFolded(parts.flatMap(({ folded }) => folded)),
  };
}
