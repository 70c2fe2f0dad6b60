import type { Profiler } from "node:inspector";
import type { CountedFile, CountedFunction, CountedStage } from "../../lane/laneProtocol.ts";

interface NumberedFunction extends CountedFunction {
  /** Of its first point. */
  readonly first: number;
}

interface StageTally {
  laterCalls: number;
  readonly times: Float64Array<ArrayBuffer>;
  readonly inLaterCalls: Float64Array<ArrayBuffer>;
}

/** Sums up, stage by stage, how often V8 came by each point. */
export class CountTally {
  /** By url, then by where they end. */
  readonly #functions = new Map<string, Map<number, NumberedFunction[]>>();
  readonly #points: number;
  readonly #stages = new Map<number, StageTally>();

  constructor(files: readonly CountedFile[]) {
    let first = 0;
    for (const { url, functions } of files) {
      const byEnd = new Map<number, NumberedFunction[]>();
      for (const one of functions) {
        byEnd.set(one.end, [...(byEnd.get(one.end) ?? []), { ...one, first }]);
        first += one.points.length;
      }
      this.#functions.set(url, byEnd);
    }
    this.#points = first;
  }

  /** @param ran since the stage was called @param isLater not the first call of its instance @returns how often it came by any point */
  add(stage: number, ran: readonly Profiler.ScriptCoverage[], isLater: boolean): number {
    const tally = this.#stages.get(stage) ?? this.#newTally();
    this.#stages.set(stage, tally);
    if (isLater) tally.laterCalls += 1;
    let hits = 0;
    for (const { url, functions } of ran) {
      const byEnd = this.#functions.get(withoutQuery(url));
      if (!byEnd) continue;
      for (const { ranges } of functions) {
        const known = functionOf(byEnd, ranges);
        if (known) hits += addFunction(tally, known, countsAt(known.points, ranges), isLater);
      }
    }
    return hits;
  }

  take(): CountedStage[] {
    return [...this.#stages].map(([stage, tally]) => ({ stage, ...tally }));
  }

  #newTally(): StageTally {
    return {
      laterCalls: 0,
      times: new Float64Array(this.#points),
      inLaterCalls: new Float64Array(this.#points),
    };
  }
}

/** An import may tell copies of a module apart by a query. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");

/** What ends at one place are functions that begin at different ones: `(a) => (b) => a + b`. */
function functionOf(
  byEnd: ReadonlyMap<number, readonly NumberedFunction[]>,
  [whole]: readonly Profiler.CoverageRange[],
): NumberedFunction | undefined {
  return (
    whole && byEnd.get(whole.endOffset)?.find(({ from, start }) => isBetween(from, whole.startOffset, start))
  );
}

const isBetween = (least: number, value: number, most: number): boolean => least <= value && value <= most;

function addFunction(
  tally: StageTally,
  { first }: NumberedFunction,
  counts: readonly number[],
  isLater: boolean,
): number {
  counts.forEach((count, index) => {
    const point = first + index;
    tally.times[point] = (tally.times[point] ?? 0) + count;
    if (isLater && count > 0) tally.inLaterCalls[point] = (tally.inLaterCalls[point] ?? 0) + 1;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The count of each point is that of the innermost range around it. V8 gives the whole function first, and inner ranges
 * after those around them; where one would have the count of the range around it, there is none.
 *
 * @param points offsets
 */
export function countsAt(points: readonly number[], ranges: readonly Profiler.CoverageRange[]): number[] {
  const counts = points.map(() => 0);
  for (const { startOffset, endOffset, count } of ranges)
    points.forEach((point, index) => {
      if (startOffset <= point && point < endOffset) counts[index] = count;
    });
  return counts;
}
