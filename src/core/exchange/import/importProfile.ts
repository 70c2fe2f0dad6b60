import { isFields } from "../../run/check.ts";
import { RUN_FORMAT, type Run } from "../../run/run.ts";
import { runShape } from "../../run/runShape.ts";
import { readCollapsed } from "./collapsed/collapsed.ts";
import { readCpuProfile } from "./cpuProfile/cpuProfile.ts";
import type { Fields } from "./fields.ts";
import { ProfileProblem } from "./problem.ts";
import type { ForeignProfile, ReaderOptions } from "./readProfile.ts";
import { runOf, type Circumstances } from "./runOf.ts";
import { readSpeedscope } from "./speedscope/speedscope.ts";

export interface ImportOptions extends ReaderOptions, Circumstances {}

const READABLE = "open a CPU profile (.cpuprofile), a speedscope file or collapsed stacks";

/**
 * Another tool's profile as a run. What it is, is told by its content.
 *
 * @param text of the file
 * @throws Error with a sentence for what isn't a profile, or a damaged one
 */
export function importProfile(text: string, options: ImportOptions): Run {
  try {
    const run = runOf(readProfile(text, options), options);
    const flaw = runShape(run);
    if (flaw)
      throw new ProfileProblem(`what it holds makes no run ("${flaw.path.replace(/^\./, "")}" ${flaw.what})`);
    return run;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof ProfileProblem ? error.remedy : READABLE;
    throw new Error(`${options.file} can't be opened as a profile, because ${what}: ${remedy}.`, {
      cause: error,
    });
  }
}

function readProfile(text: string, options: ReaderOptions): ForeignProfile {
  const begin = text.search(/[^\s\uFEFF]/);
  if (begin < 0) throw new ProfileProblem("it is empty");
  if (text.startsWith("\u001f")) throw new ProfileProblem("it is packed", "unpack it first, as with gzip -d");
  if (text.includes("\0")) throw new ProfileProblem("it isn't text", READABLE);
  if (text[begin] !== "{" && text[begin] !== "[") return readCollapsed(text.replace(/^\uFEFF/, ""), options);
  const value = parsed(text.slice(begin));
  if (value === undefined) return readCollapsed(text.replace(/^\uFEFF/, ""), options);
  if (!isFields(value)) throw new ProfileProblem("it is a list, as Chrome traces are", READABLE);
  if (isFields(value["shared"]) || Array.isArray(value["profiles"])) return readSpeedscope(value, options);
  if (value["nodes"] !== undefined || isFields(value["head"])) return cpuProfile(value, options);
  throw somethingElse(value);
}

/** Undefined for collapsed stacks, whose first frame may be in brackets. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const firstLine = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? "";
    if (/^[^{].* \d+$/.test(firstLine)) return undefined;
    throw new ProfileProblem("it isn't complete JSON", "save it again");
  }
}

function cpuProfile(value: Fields, options: ReaderOptions): ForeignProfile {
  const { head } = value;
  if (isFields(head) && "selfSize" in head) throw new ProfileProblem("it is a profile of memory", READABLE);
  if (isFields(value["snapshot"])) throw new ProfileProblem("it is a snapshot of memory", READABLE);
  return readCpuProfile(value, options);
}

function somethingElse(value: Fields): ProfileProblem {
  if (value["format"] === RUN_FORMAT)
    return new ProfileProblem(
      "it is a run of Waveflame already",
      "put it into .waveflame/runs and choose Open Run",
    );
  if (Array.isArray(value["traceEvents"])) return new ProfileProblem("it is a Chrome trace", READABLE);
  return new ProfileProblem("it is of no format that Waveflame reads", READABLE);
}
