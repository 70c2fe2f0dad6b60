import { basename, isAbsolute } from "node:path";
import { formatPosition } from "../../core/format.ts";
import { CallError } from "../../protocol/channel.ts";
import type { FailureDetails } from "../../protocol/engine.ts";
import { Failure, messageOf } from "../failure.ts";
import { LaneEnded } from "../pool/laneEnded.ts";
import { WorkerThrew } from "../pool/workerThrew.ts";
import type { SourcePlace, SourceTable } from "../modules/sourceTable.ts";
import type { LaneRefusal } from "../worker/lane/laneProtocol.ts";

export interface FailureNames {
  readonly audio: string;
  readonly pipeline: string;
  /** Of a stage, by its place in the pipeline. */
  readonly stageName: (index: number) => string | undefined;
  /** How the run writes an absolute path. */
  readonly pathInRun: (path: string) => string;
}

/** What ended a worker: by itself, or because a stage asked for it; null for what a stage threw, and for everything else. */
export function laneDeath(error: unknown): Error | null {
  const isDeath =
    error instanceof WorkerThrew ||
    error instanceof LaneEnded ||
    (error instanceof Failure && error.details.kind === "memory") ||
    (error instanceof CallError && refusalIn(error)?.kind === "exit");
  return isDeath ? error : null;
}

/** Makes one sentence of what a lane refused: what, where, what to do. Other errors pass as they are. */
export function failureOf(error: unknown, table: SourceTable, names: FailureNames): Error {
  if (error instanceof WorkerThrew) return outsideFailure(error, table, names);
  if (error instanceof LaneEnded) return endFailure(error, names);
  const refusal = refusalIn(error);
  if (!refusal) return error instanceof Error ? error : new Error(messageOf(error));
  const problem = problemOf(error, table);
  const { stage, time, stack } = refusal;
  const place = table.topPlace(stack);
  const where = {
    ...(stage === null ? {} : { stage }),
    ...(time === null ? {} : { time }),
    ...(place ? { file: names.pathInRun(place.path), line: place.line } : {}),
  };
  const at = place ? ` (${label(place, names)})` : "";
  const position = time === null ? "" : ` at ${formatPosition(time)} of ${names.audio}`;
  switch (refusal.kind) {
    case "stage":
      return new Failure(
        "stage",
        `Stage "${stage ?? ""}" threw${position || ` for ${names.audio}`}${at}: ${problem}. Mend it and profile again.`,
        where,
      );
    case "parameter":
      return new Failure(
        "stage",
        `Stage "${stage ?? ""}" can't take its parameters: ${problem}.`,
        stage === null ? null : { stage },
      );
    case "file":
      return new Failure(
        "engine",
        `Stage "${stage ?? ""}" failed: ${problem}.`,
        stage === null ? null : { stage },
      );
    case "exit":
      return new Failure(
        "exit",
        stage === null
          ? `${names.pipeline} ends the process while it is loaded${at}: ${problem}. Take that call out.`
          : `Stage "${stage}" ends the process${position}${at}: ${problem}. Take that call out.`,
        where,
      );
    case "builtin":
      return new Failure(
        "pipeline",
        `${names.pipeline}, or what it loads, replaces ${problem} by something that works otherwise, and the profiler calls it in the same thread: no figure would be right. Keep such changes to functions of your own.`,
      );
    case "syntax":
      return syntaxFailure(problem, refusal, names);
    case "load":
    case "needs one lane":
      return loadFailure(problem, refusal, place, table, names);
  }
}

/** Whether the pipeline's own code is to blame: not the recording, the disk or a cancel. */
export function isOfPipeline(error: unknown): boolean {
  const refusal = refusalIn(error);
  if (refusal) return refusal.kind !== "file";
  if (error instanceof WorkerThrew || error instanceof LaneEnded) return true;
  return error instanceof Failure && OF_PIPELINE.includes(error.details.kind);
}

const OF_PIPELINE: readonly FailureDetails["kind"][] = ["pipeline", "stage", "stall", "exit", "memory"];

export const refusalIn = (error: unknown): LaneRefusal | undefined =>
  error instanceof CallError &&
  typeof error.details === "object" &&
  error.details !== null &&
  "kind" in error.details
    ? (error.details as LaneRefusal)
    : undefined;

const problemOf = (error: unknown, table: SourceTable): string =>
  table.unshift(messageOf(error)).replace(/[.\s]+$/, "");

function outsideFailure(error: WorkerThrew, table: SourceTable, names: FailureNames): Failure {
  const place = table.topPlace(error.stack ?? "");
  return new Failure(
    "stage",
    `The pipeline threw outside of any stage's call${place ? ` (${label(place, names)})` : ""}: ${problemOf(error, table)}. Catch it there.`,
    place ? { file: names.pathInRun(place.path), line: place.line } : null,
  );
}

function endFailure({ how, stage: index, seconds }: LaneEnded, names: FailureNames): Failure {
  const stage = index === null ? undefined : names.stageName(index);
  const where = { ...(stage === undefined ? {} : { stage }), ...(seconds === null ? {} : { time: seconds }) };
  const at =
    seconds === null
      ? `while ${names.pipeline} was loaded`
      : `${stage === undefined ? "" : `in stage "${stage}" `}near ${formatPosition(seconds)} of ${names.audio}`;
  return new Failure(
    "exit",
    `The process of the pipeline ended ${at} (${how}): native code crashed, or the system ended it, as it does when memory runs out. Mend it and profile again.`,
    where,
  );
}

const label = (place: SourcePlace, names: FailureNames): string =>
  `${names.pathInRun(place.path)}:${place.line}`;

function syntaxFailure(problem: string, { path, line }: LaneRefusal, names: FailureNames): Failure {
  const file = names.pathInRun(path ?? "");
  return new Failure(
    "pipeline",
    `${file}:${line ?? 1} can't be read as JavaScript or TypeScript: ${problem}. Mend the line and profile again.`,
    { file, line: line ?? 1 },
  );
}

function loadFailure(
  problem: string,
  { stack }: LaneRefusal,
  place: SourcePlace | undefined,
  table: SourceTable,
  names: FailureNames,
): Failure {
  const missing = /Cannot find (?:package|module) '([^']+)'(?: imported from (.+))?/.exec(problem);
  if (missing) {
    const [, wanted = "", importer] = missing;
    if (isAbsolute(wanted) && names.pathInRun(wanted) === names.pipeline)
      return new Failure("pipeline", `${names.pipeline} doesn't exist. Check the path.`);
    const found = importOf(wanted, importer, table);
    const by = found ? label(found, names) : names.pipeline;
    return new Failure(
      "pipeline",
      `${by} imports "${found?.written ?? shortName(wanted)}", which isn't there. Install the package or mend the path.`,
      found ? { file: names.pathInRun(found.path), line: found.line } : null,
    );
  }
  const syntaxLine = /^SyntaxError/m.test(stack) ? /:(\d{6,})\s/.exec(stack) : null;
  const [, from] = /requested module '([^']+)' does not provide an export/.exec(problem) ?? [];
  const shown =
    place ??
    (syntaxLine ? table.place(Number(syntaxLine[1])) : undefined) ??
    // Of an AudioWorklet's modules Node doesn't keep the line.
    (from === undefined ? undefined : importOf(from, undefined, table));
  return new Failure(
    "pipeline",
    `${shown ? label(shown, names) : names.pipeline} can't be loaded: ${problem}. Mend it and profile again.`,
    shown ? { file: names.pathInRun(shown.path), line: shown.line } : null,
  );
}

const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'`]([^"'`]+)["'`]/g;

/** Node names the importing file; its text says on which line, and how the import was written. */
function importOf(
  wanted: string,
  importer: string | undefined,
  table: SourceTable,
): (SourcePlace & { readonly written: string }) | undefined {
  for (const { path, original } of table.sources) {
    if (importer !== undefined && !importer.includes(path)) continue;
    for (const [index, text] of original.split("\n").entries()) {
      for (const [, written = ""] of text.matchAll(IMPORT))
        if (basename(written) === basename(wanted)) return { path, line: index + 1, written };
    }
  }
  return undefined;
}

const shortName = (wanted: string): string =>
  /^(\/|[A-Za-z]:[\\/]|file:)/.test(wanted) ? basename(wanted) : wanted;
