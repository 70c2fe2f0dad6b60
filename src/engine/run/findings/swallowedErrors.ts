import { formatCount, plural } from "../../../core/format.ts";
import type { Finding } from "../../../core/run/run.ts";
import type { LoadedPipeline } from "../../worker/lane/laneProtocol.ts";
import type { CountedRun } from "../passes/countedPass.ts";

/** Of so many calls an error that is always caught is no accident of the beginning. */
const FEWEST_CALLS = 3;
const NEARLY_ALL = 0.9;

/** Catches that ran in nearly every block: what the stage does instead is what was timed. */
export function swallowedErrors(
  counted: CountedRun | null,
  { stages }: LoadedPipeline,
  pathInRun: (path: string) => string,
): Finding[] {
  const { stages: found = [], points = [] } = counted?.found ?? {};
  return found.flatMap(({ stage, laterCalls, inLaterCalls }) =>
    points.flatMap((point, index): Finding[] => {
      const caughtIn = inLaterCalls[index] ?? 0;
      if (point.kind !== "catch" || point.place.throwsOn) return [];
      if (laterCalls < FEWEST_CALLS || caughtIn < NEARLY_ALL * laterCalls) return [];
      const name = stages[stage]?.name ?? "";
      return [
        {
          kind: "swallowed-error",
          severity: "warning",
          text: `Stage "${name}" catches an error in ${formatCount(caughtIn)} of the ${plural(laterCalls, "block")} that were counted and goes on: what it does instead is what was timed. Print the error where it is caught and mend its cause, or take the attempt out.`,
          where: { stage: name, file: pathInRun(point.path), line: point.place.line },
        },
      ];
    }),
  );
}

/** Why there are no counts, where they were asked for. */
export function notCounted(counted: CountedRun | null): Finding[] {
  const text = counted?.problem ?? null;
  return text === null ? [] : [{ kind: "not-counted", severity: "information", text, where: null }];
}
