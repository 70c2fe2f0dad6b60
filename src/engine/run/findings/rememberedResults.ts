import { basename, dirname, join } from "node:path";
import { formatShare, plural } from "../../../core/format.ts";
import type { Finding, FindingPlace } from "../../../core/run/run.ts";
import type { Share } from "../../../core/units.ts";
import type { RememberedResult } from "../../../library/caching/rememberedResults.ts";
import type { CountPoint } from "../../modules/counting/countPoints.ts";
import type { LaneFile, LaneIo } from "../../worker/io/laneIo.ts";
import type { CountedAgain, CountedRound, LoadedPipeline } from "../../worker/lane/laneProtocol.ts";
import type { Measured } from "../measure.ts";
import type { CountedRun } from "../passes/countedPass.ts";

/** What is made once at some later call, a table say, makes one call longer; what is remembered spares work in many. */
const FEWEST_CALLS = 3;
/** Of what a stage did of the same audio the first time. */
const LITTLE: Share = 0.5;

interface Names {
  readonly pipeline: LoadedPipeline;
  /** Where files go in passes that run the recording once more. */
  readonly discardFolder: string;
  readonly pathInRun: (path: string) => string;
}

/** Stages that keep results from one pass to the next: what is timed later isn't the work. */
export function rememberedResults(
  { counted, io, remembered }: Pick<Measured, "counted" | "io" | "remembered">,
  { pipeline, discardFolder, pathInRun }: Names,
): Finding[] {
  const nameOf = (stage: number): string => pipeline.stages[stage]?.name ?? "";
  return [
    ...inLibrary(remembered),
    ...inMemory(counted, nameOf, pathInRun),
    ...inFiles(io ?? [], counted?.found?.io ?? null, discardFolder).map(({ stage, path }): Finding => {
      const name = nameOf(stage);
      return {
        kind: "remembered-result",
        severity: "warning",
        text: `Stage "${name}" wrote ${pathInRun(path)}, and reads it where it is there already: passes and runs that find it look faster than the work is. Delete it before you profile, and don't write it meanwhile.`,
        where: { stage: name },
      };
    }),
  ];
}

function inMemory(
  counted: CountedRun | null,
  nameOf: (stage: number) => string,
  pathInRun: (path: string) => string,
): Finding[] {
  const { again = [], points = [] } = counted?.found ?? {};
  return again.filter(isRemembered).map(({ stage, first, second }): Finding => {
    const name = nameOf(stage);
    const part = sum(second.hits) / second.hits.length / (sum(first.hits) / first.hits.length);
    const line = spared(first, second, points);
    const where: FindingPlace = {
      stage: name,
      ...(line && { file: pathInRun(line.path), line: line.line }),
    };
    return {
      kind: "remembered-result",
      severity: "warning",
      text: `Stage "${name}" remembers results: of ${plural(second.hits.length, "block")} that it heard a second time, made anew, it ran ${formatShare(part)} of the steps${line ? `, and spared most at ${where.file ?? ""}:${line.line}` : ""}. Passes that hear the recording again look faster than the work is. Keep what it remembers in its factory, where each pass begins without it.`,
      where,
    };
  });
}

/** Within a pass alone: the library's caches are emptied before each. */
function inLibrary(all: readonly RememberedResult[]): Finding[] {
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const ofName = all.filter((one) => one.name === name);
    const remembered = sum(ofName.map((one) => one.remembered));
    const calls = remembered + sum(ofName.map((one) => one.computed));
    return {
      kind: "remembered-result",
      severity: "information",
      text: `The cached function "${name}" remembered its result in ${formatShare(remembered / calls)} of its calls, so its time is that of the others and of looking up. Call it without its cache to see what the work costs.`,
      where: null,
    };
  });
}

/** Many calls did much less, and not one alone makes the difference. */
function isRemembered({ first, second }: CountedAgain): boolean {
  const calls = second.hits.flatMap((hits, call) => {
    const before = first.hits[call];
    return before === undefined ? [] : [{ before, hits }];
  });
  const less = calls.filter(({ before, hits }) => hits < LITTLE * before);
  const others = calls.toSorted((a, b) => a.before - a.hits - (b.before - b.hits)).slice(0, -1);
  return (
    less.length >= FEWEST_CALLS &&
    sum(others.map(({ hits }) => hits)) < LITTLE * sum(others.map(({ before }) => before))
  );
}

/** The line that ran so much more often the first time. */
function spared(
  first: CountedRound,
  second: CountedRound,
  points: readonly CountPoint[],
): { readonly path: string; readonly line: number } | null {
  let most = 0;
  let found: { readonly path: string; readonly line: number } | null = null;
  points.forEach((point, index) => {
    if (point.kind === "function") return;
    const before = (first.times[index] ?? 0) / first.hits.length;
    const less = before - (second.times[index] ?? 0) / second.hits.length;
    if (less <= most) return;
    most = less;
    found = { path: point.path, line: point.place.line };
  });
  return found;
}

/** Of a folder full of them one is told of. */
function inFiles(
  timed: readonly LaneIo[],
  later: LaneIo | null,
  discardFolder: string,
): readonly Pick<LaneFile, "stage" | "path">[] {
  const uses = usesOf(timed.flatMap(({ files }) => files));
  const laterUses = usesOf(later?.files ?? []);
  const found = [...uses.values()].filter((use) => {
    // What goes beside the recording goes there instead, when it is heard again.
    const paths = [use.path, join(discardFolder, basename(use.path))];
    const again = paths
      .map((path) => laterUses.get(keyOf({ ...use, path })))
      .find((one) => one !== undefined);
    return isCache(use, again);
  });
  const isSame = (a: FileUses, b: FileUses): boolean =>
    a.stage === b.stage && dirname(a.path) === dirname(b.path);
  return found.filter((file, index) => found.findIndex((other) => isSame(other, file)) === index);
}

/** Made where it wasn't there, and read instead where it was: in one pass, or in two of which one found it. */
const isCache = (use: FileUses, again: FileUses | undefined): boolean =>
  (use.isMissed && use.isWritten) ||
  (again !== undefined && ((use.isWritten && isOnlyRead(again)) || (isOnlyRead(use) && again.isWritten)));

const isOnlyRead = ({ isRead, isWritten }: FileUses): boolean => isRead && !isWritten;

/** What one stage did with one file. */
interface FileUses {
  readonly stage: number;
  readonly path: string;
  readonly isRead: boolean;
  readonly isWritten: boolean;
  /** Asked for to be read, in vain. Whether a file is there asks whoever won't replace one, too. */
  readonly isMissed: boolean;
}

const keyOf = ({ stage, path }: Pick<FileUses, "stage" | "path">): string => `${stage} ${path}`;

function usesOf(files: readonly LaneFile[]): ReadonlyMap<string, FileUses> {
  const uses = new Map<string, FileUses>();
  for (const file of files) {
    const { stage, path, mode, opened, bytesRead, bytesWritten } = file;
    if (stage < 0) continue;
    const known = uses.get(keyOf(file));
    uses.set(keyOf(file), {
      stage,
      path,
      isRead: bytesRead > 0 || known?.isRead === true,
      isWritten: bytesWritten > 0 || known?.isWritten === true,
      isMissed: (mode.startsWith("r") && opened === 0 && bytesRead === 0) || known?.isMissed === true,
    });
  }
  return uses;
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
