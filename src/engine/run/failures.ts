import { basename } from "node:path";
import { formatPosition } from "../../core/format.ts";
import { CallError } from "../../protocol/channel.ts";
import { Failure, messageOf } from "../failure.ts";
import type { SourcePlace, SourceTable } from "../modules/sourceTable.ts";
import type { LaneRefusal } from "../worker/laneProtocol.ts";

export interface FailureNames {
  readonly audio: string;
  readonly pipeline: string;
  /** How the run writes an absolute path. */
  readonly pathInRun: (path: string) => string;
}

/** Makes one sentence of what a lane refused: what, where, what to do. Other errors pass as they are. */
export function failureOf(error: unknown, table: SourceTable, names: FailureNames): Error {
  const refusal = refusalIn(error);
  if (!refusal) return error instanceof Error ? error : new Error(messageOf(error));
  const problem = table.unshift(messageOf(error)).replace(/[.\s]+$/, "");
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
        `Stage "${stage ?? ""}" threw${position}${at}: ${problem}. Mend it and profile again.`,
        where,
      );
    case "exit":
      return new Failure(
        "exit",
        stage === null
          ? `${names.pipeline} ends the process while it is loaded${at}: ${problem}. Take that call out.`
          : `Stage "${stage}" ends the process${position}${at}: ${problem}. Take that call out.`,
        where,
      );
    case "syntax":
      return syntaxFailure(problem, refusal, names);
    case "load":
    case "needs one lane":
      return loadFailure(problem, refusal, place, table, names);
  }
}

export const refusalIn = (error: unknown): LaneRefusal | undefined =>
  error instanceof CallError &&
  typeof error.details === "object" &&
  error.details !== null &&
  "kind" in error.details
    ? (error.details as LaneRefusal)
    : undefined;

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
    const at = importerPlace(wanted, importer, table);
    const by = at ? label(at, names) : names.pipeline;
    return new Failure(
      "pipeline",
      `${by} imports "${shortName(wanted)}", which isn't there. Install the package or mend the path.`,
      at ? { file: names.pathInRun(at.path), line: at.line } : null,
    );
  }
  const syntaxLine = /^SyntaxError/m.test(stack) ? /:(\d{6,})\s/.exec(stack) : null;
  const shown = place ?? (syntaxLine ? table.place(Number(syntaxLine[1])) : undefined);
  return new Failure(
    "pipeline",
    `${shown ? label(shown, names) : names.pipeline} can't be loaded: ${problem}. Mend it and profile again.`,
    shown ? { file: names.pathInRun(shown.path), line: shown.line } : null,
  );
}

/** Node names the importing file; its text says on which line. */
function importerPlace(
  wanted: string,
  importer: string | undefined,
  table: SourceTable,
): SourcePlace | undefined {
  const source = table.sources.find(({ path }) => importer === undefined || importer.includes(path));
  if (!source) return undefined;
  const written = basename(shortName(wanted));
  const line = source.original
    .split("\n")
    .findIndex((text) => /import|require|from/.test(text) && text.includes(written));
  return line < 0 ? undefined : { path: source.path, line: line + 1 };
}

const shortName = (wanted: string): string =>
  /^(\/|[A-Za-z]:[\\/]|file:)/.test(wanted) ? basename(wanted) : wanted;
