import { formatBytes, formatPosition } from "../../core/format.ts";
import type { FindingPlace } from "../../core/run/run.ts";
import type { Bytes } from "../../core/units.ts";
import { CANCELLED_EARLY, type FailureDetails, type Progress } from "../../protocol/engine.ts";

/** Why there is no run, in one sentence. */
export class ProfileFailure extends Error {
  override readonly name = "ProfileFailure";
  readonly details: FailureDetails;

  constructor(sentence: string, details: FailureDetails, cause?: Error) {
    super(sentence, { cause });
    this.details = details;
  }
}

/** The pipeline itself can't be loaded: every other recording would meet the same. */
export const meetsAllRecordings = (error: unknown): boolean =>
  error instanceof ProfileFailure && error.details.kind === "pipeline";

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it printed as errors. */
  readonly lastErrors: string;
}

const HEAP_IS_FULL =
  /heap out of memory|Reached heap limit|Allocation failed|Array buffer allocation failed/i;

/** For an engine that ended by itself, before it answered. */
export function failureOfEnd(end: ProcessEnd, progress: Progress | null): ProfileFailure {
  const at = placeInWords(progress);
  const fail = (kind: FailureDetails["kind"], sentence: string): ProfileFailure =>
    new ProfileFailure(sentence, { kind, where: placeOf(progress) });
  if (HEAP_IS_FULL.test(end.lastErrors)) {
    return fail(
      "memory",
      `The pipeline filled the JavaScript heap${at} and its process ended: keep less of the recording at once.`,
    );
  }
  if (end.signal) {
    return fail(
      "exit",
      `The process of the pipeline was ended by ${end.signal}${at}: native code crashed, or the system ended it, as it does when memory runs out.`,
    );
  }
  if (!progress) {
    const reason = thrownIn(end.lastErrors) ?? `it ended with exit code ${end.code ?? 0}.`;
    return fail("engine", `The engine couldn't start: ${reason}`);
  }
  return fail(
    "exit",
    `The process of the pipeline ended with exit code ${end.code ?? 0}${at}: take out what ends the process.`,
  );
}

export function memoryFailure(limit: Bytes, progress: Progress | null): ProfileFailure {
  return new ProfileFailure(
    `The pipeline needed more than ${formatBytes(limit)} of memory${placeInWords(progress)} and was ended: keep less of the recording at once, or raise waveflame.memoryLimitMB.`,
    { kind: "memory", where: placeOf(progress) },
  );
}

export const cancelledFailure = (): ProfileFailure =>
  new ProfileFailure(CANCELLED_EARLY, { kind: "cancelled", where: null });

/** For a program that can't be started. */
export const startFailure = (execPath: string, error: Error): ProfileFailure =>
  new ProfileFailure(
    `Node couldn't be started from ${execPath}: ${error.message}.`,
    { kind: "engine", where: null },
    error,
  );

const KINDS: readonly FailureDetails["kind"][] = [
  "audio",
  "pipeline",
  "stage",
  "stall",
  "exit",
  "memory",
  "cancelled",
  "engine",
];

/** What the engine refused, or anything else that was thrown. */
export function toProfileFailure(error: unknown): ProfileFailure {
  if (error instanceof ProfileFailure) return error;
  const sentence = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error && "details" in error ? error.details : undefined;
  return new ProfileFailure(sentence, isDetails(details) ? details : { kind: "engine", where: null });
}

const isDetails = (details: unknown): details is FailureDetails =>
  typeof details === "object" &&
  details !== null &&
  "where" in details &&
  "kind" in details &&
  KINDS.some((kind) => kind === details.kind);

function placeOf(progress: Progress | null): FindingPlace | null {
  if (!progress) return null;
  const time = { time: progress.audioSeconds };
  return progress.stage === null ? time : { ...time, stage: progress.stage };
}

function placeInWords(progress: Progress | null): string {
  if (!progress) return "";
  const stage = progress.stage === null ? "" : ` in stage "${progress.stage}"`;
  return `${stage} near ${formatPosition(progress.audioSeconds)} of the recording`;
}

/** The line in which Node names an uncaught error. */
const thrownIn = (text: string): string | undefined => /^\w*Error\b.*:.*$/m.exec(text)?.[0];
