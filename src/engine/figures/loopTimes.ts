import { loopTicks, type LoopLines } from "../../core/callTree/loopTicks.ts";
import type { FileOutline } from "../../core/lines/outline.ts";
import { shareError } from "../../core/statistics.ts";
import type { CountedLoop } from "../modules/counting/countedPlaces.ts";
import type { CountedExcerpt } from "../run/countedPass.ts";
import type { CountsSetting } from "./counts.ts";

/** A loop whose time isn't known better than this has none. */
const MOST_ERROR = 0.3;

interface TimedLoop extends LoopLines {
  readonly place: CountedLoop;
}

/** Time by loop: ticks times the stage's time, as lines have it. */
export class LoopTimes {
  readonly #ticks: ReadonlyMap<CountedLoop, ReadonlyMap<number, number>>;
  readonly #excerpt: CountedExcerpt;
  readonly #setting: CountsSetting;

  constructor(excerpt: CountedExcerpt, setting: CountsSetting) {
    this.#excerpt = excerpt;
    this.#setting = setting;
    const loops = excerpt.points.flatMap((point): TimedLoop[] => {
      const file = setting.pathInRun(point.path);
      const outline = setting.outlines.get(file);
      if (point.kind !== "loop" || !outline) return [];
      const { line, endLine, function: own } = point.place;
      return [{ file, line, endLine, function: placeInTree(outline, own), place: point.place }];
    });
    const ticks = loopTicks(setting.roots, setting.outlines, loops.filter(isApart));
    this.#ticks = new Map([...ticks].map(([{ place }, byStage]) => [place, byStage]));
  }

  /** Null where there is no sample, or too few. @param iterations of the excerpt */
  nsPerIteration(place: CountedLoop, stage: number, iterations: number): number | null {
    const { stages, measuredFrames } = this.#setting;
    const ticks = this.#ticks.get(place)?.get(stage) ?? 0;
    const work = stages[stage];
    if (!work || ticks === 0 || iterations === 0 || work.ticks === 0) return null;
    const part = Math.min(1, ticks / work.ticks);
    if (shareError(part, work.ticks) > MOST_ERROR * part) return null;
    // A file stage is run whole in both passes.
    const { frames } = this.#excerpt;
    const scale = work.scope === "file" || frames === 0 ? 1 : measuredFrames / frames;
    return (part * work.selfMs * 1e6) / (iterations * scale);
  }
}

/** Ticks of a nameless function of one line are its surroundings', see `functionAt`. */
function placeInTree({ functions }: FileOutline, own: number): number {
  let index = own;
  for (let at = functions[index]; at; at = functions[index]) {
    if (at.name !== "" || at.line !== at.endLine || at.parent < 0) break;
    index = at.parent;
  }
  return index;
}

/** Of two loops that share a line, one after the other, nobody knows whose ticks are whose. */
function isApart(loop: TimedLoop, _: number, all: readonly TimedLoop[]): boolean {
  return !all.some(
    (other) =>
      other !== loop &&
      other.file === loop.file &&
      other.function === loop.function &&
      other.line <= loop.endLine &&
      loop.line <= other.endLine &&
      !isInside(other, loop) &&
      !isInside(loop, other),
  );
}

const isInside = ({ place }: TimedLoop, { place: outer }: TimedLoop): boolean =>
  outer.offset <= place.offset && place.end <= outer.end;
