import type { LoopCount } from "../run/measured/counts.ts";
import type { Run } from "../run/run.ts";
import type { Base1Line, Seconds } from "../units.ts";

/** How often a line ran in the excerpt that was counted. */
export interface LineCounts {
  /** How often it began, or the functions were called that begin on it; 0 where that isn't known. */
  readonly times: number;
  /** Of the excerpt; null where only file stages ran it, in one call. */
  readonly audioSeconds: Seconds | null;
  /** Those that begin on the line, else the innermost one around it. */
  readonly loops: readonly LineLoop[];
}

export interface LineLoop {
  readonly line: Base1Line;
  readonly entries: number;
  readonly iterations: number;
  /** With all that the loop calls; null where it isn't known of a stage that ran it. */
  readonly nsPerIteration: number | null;
}

/** Over the stages named. Null where nothing was counted, or nothing of the line. */
export function lineCounts(
  { counts, stages, audio }: Run,
  file: string,
  line: Base1Line,
  names: readonly string[],
): LineCounts | null {
  if (!counts) return null;
  const isMeant = (one: { readonly file: string; readonly stage: string }): boolean =>
    one.file === file && names.includes(one.stage);
  const onLine = <T extends { readonly file: string; readonly line: Base1Line; readonly stage: string }>(
    all: readonly T[],
  ): T[] => all.filter((one) => one.line === line && isMeant(one));
  const hits = onLine(counts.lines).reduce((sum, one) => sum + one.hits, 0);
  const calls = onLine(counts.functions).reduce((sum, one) => sum + one.calls, 0);
  const around = counts.loops.filter((loop) => loop.line <= line && line <= loop.endLine && isMeant(loop));
  const loops = mergedLoops(around, line);
  const times = hits || calls;
  if (times === 0 && loops.length === 0) return null;
  const hearsBlocks = stages.some(({ name, scope }) => scope !== "file" && names.includes(name));
  return { times, audioSeconds: hearsBlocks ? counts.frames / audio.sampleRate : null, loops };
}

/** A loop of several stages once. */
function mergedLoops(around: readonly LoopCount[], line: Base1Line): LineLoop[] {
  const begun = around.filter((loop) => loop.line === line);
  const innermost = Math.min(...around.map((loop) => loop.endLine - loop.line));
  const shown = begun.length > 0 ? begun : around.filter((loop) => loop.endLine - loop.line === innermost);
  const byPlace = new Map<string, LoopCount[]>();
  // Within a stage those of one line come in their order.
  const seen = new Map<string, number>();
  for (const loop of shown) {
    const inStage = `${loop.line}:${loop.stage}`;
    const number = seen.get(inStage) ?? 0;
    seen.set(inStage, number + 1);
    const place = `${loop.line}:${number}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), loop]);
  }
  return [...byPlace.values()].map(merge);
}

function merge(loops: readonly LoopCount[]): LineLoop {
  const sum = (figure: (loop: LoopCount) => number): number =>
    loops.reduce((total, loop) => total + figure(loop), 0);
  const iterations = sum((loop) => loop.iterations);
  const isKnown = loops.every((loop) => loop.nsPerIteration !== null || loop.iterations === 0);
  return {
    line: loops[0]?.line ?? 0,
    entries: sum(({ entries }) => entries),
    iterations,
    nsPerIteration:
      isKnown && iterations > 0
        ? sum((loop) => (loop.nsPerIteration ?? 0) * loop.iterations) / iterations
        : null,
  };
}
