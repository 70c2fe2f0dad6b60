import type { Run } from "../../src/core/run/run.ts";

/** Why a run has no lines or functions to show, and what to do. */
export function whyNoLines(run: Run): string {
  if (run.imported && run.lines.length === 0)
    return "The profile names no lines: record it with files and lines, where its tool can.";
  if (run.state === "cancelled" && run.lines.length === 0)
    return "The run was cancelled before its lines were sampled. Run it again to see them.";
  return run.lines.length === 0
    ? "The run was too short for the sampler to see a line at work. A longer recording tells more."
    : "No line stands out: each took less than its error. A longer recording tells more.";
}
