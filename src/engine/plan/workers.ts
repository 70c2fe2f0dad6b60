import type { Workers } from "../../core/run/run.ts";
import { plural } from "../../core/format.ts";
import { workersByRule } from "../../core/workersByRule.ts";
import type { Group } from "./groups.ts";

export { workersByRule };

/**
 * How many workers the timed pass gets: as many as asked for or the rule says, but no more than the pipeline can keep
 * busy.
 *
 * @param asked null: by the rule
 * @param jobs how many runs share what the rule allows
 */
export function planWorkers(
  asked: number | null,
  logicalCores: number,
  groups: readonly Group[],
  segments: number,
  jobs = 1,
): Workers {
  const byRule = Math.max(1, Math.floor(workersByRule(logicalCores) / jobs));
  const wanted = asked ?? byRule;
  const inOrder = groups.filter((group) => group.inOrder).length;
  const anywhere = groups.length - inOrder;
  const useful = segments <= 1 ? 1 : anywhere > 0 ? inOrder + anywhere * segments : inOrder;
  const used = Math.max(1, Math.min(wanted, useful));
  return { used, asked, byRule, reason: reasonOf(used, asked, byRule, logicalCores, useful, segments, jobs) };
}

/**
 * Whether the recording is read while lanes are at work. One alone is to be measured while nothing else works, unless there is a
 * core for reading and one for V8's compilers; several are to be quick.
 */
export const readsBesideLanes = (lanes: number, logicalCores: number): boolean =>
  lanes > 1 || logicalCores > 2;

function reasonOf(
  used: number,
  asked: number | null,
  byRule: number,
  logicalCores: number,
  useful: number,
  segments: number,
  jobs: number,
): string {
  const rule =
    asked === null
      ? `The rule for ${plural(logicalCores, "logical core")} allows ${plural(byRule, "worker")}${jobs > 1 ? ` to each of ${jobs} recordings at once` : ""}`
      : `${plural(asked, "worker")} ${asked === 1 ? "was" : "were"} asked for`;
  if (used >= (asked ?? byRule)) return `${rule}, and the pipeline keeps ${used === 1 ? "it" : "them"} busy.`;
  if (segments <= 1) return `${rule}; the recording is one segment, which one worker takes.`;
  return useful === 1
    ? `${rule}; all stages keep state, so they run in order on one.`
    : `${rule}; the pipeline can keep ${useful} busy.`;
}
