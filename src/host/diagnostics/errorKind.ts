import { ProfileFailure } from "../../client/process/profileFailure.ts";
import type { FailureDetails } from "../../protocol/engine.ts";

const SENTENCES: Readonly<Record<FailureDetails["kind"], string>> = {
  audio: "The recording couldn't be read.",
  pipeline: "The pipeline couldn't be loaded.",
  stage: "A stage failed.",
  stall: "No block was finished for too long.",
  exit: "The process of the pipeline ended early.",
  memory: "The pipeline needed too much memory.",
  cancelled: "The run was cancelled.",
  engine: "The engine couldn't start or failed.",
};

/**
 * `stage: A stage failed.` for a report that others read: an error's own words hold names of files and what a person's
 * code has thrown, so nothing is taken of them but codes of the system.
 */
export function errorKind(error: unknown): string {
  const code = codeOf(error);
  const behind = code === null ? "" : ` (${code})`;
  if (error instanceof ProfileFailure) {
    const { kind } = error.details;
    return `${kind}${behind}: ${SENTENCES[kind]}`;
  }
  const name = error instanceof Error && /^[A-Z][A-Za-z]*Error$/.test(error.name) ? error.name : "Error";
  return `${name}${behind}: Something beside the profile failed.`;
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const ended =
    /^The process of the pipeline (?:was ended by (SIG[A-Z0-9]+)|ended with (exit code \d+)) /.exec(
      error.message,
    );
  if (ended) return ended[1] ?? ended[2] ?? null;
  if ("code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(error.code))
    return error.code;
  return codeOf(error.cause);
}
