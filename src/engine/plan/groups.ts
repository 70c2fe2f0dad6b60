import type { Scope } from "../../core/run/run.ts";

/** Neighbouring stages that travel together. */
export interface Group {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Segments in order, on one worker; otherwise any worker takes any segment. */
  readonly inOrder: boolean;
  /** How much of the segment before it has to hear, in seconds; 0 where none. */
  readonly warmUp: number;
}

/** Pieces go through it as they are. */
export const NO_STAGES: Group = { from: 0, to: 0, inOrder: true, warmUp: 0 };

interface PlannedStage {
  readonly scope: Scope;
  /** Null where the stage can't restart. */
  readonly warmUp: number | null;
}

/**
 * Neighbouring stream stages stay together on one worker; block stages go wherever one is free; a stage that warms up
 * travels alone, because its past is what the stage before it put out. File stages aren't here: they come after.
 */
export function groupsOf(stages: readonly PlannedStage[]): Group[] {
  const groups: Group[] = [];
  stages.forEach(({ scope, warmUp }, index) => {
    if (scope === "file") return;
    const inOrder = scope === "stream" && warmUp === null;
    const last = groups.at(-1);
    if (last?.to === index && last.inOrder === inOrder && last.warmUp === 0 && warmUp === null) {
      groups[groups.length - 1] = { ...last, to: index + 1 };
    } else {
      groups.push({ from: index, to: index + 1, inOrder, warmUp: warmUp ?? 0 });
    }
  });
  return groups;
}

/** All of them together, for one worker. */
export function oneGroup(stages: readonly PlannedStage[]): Group[] {
  const to = stages.findLastIndex(({ scope }) => scope !== "file") + 1;
  return to > 0 ? [{ from: 0, to, inOrder: true, warmUp: 0 }] : [];
}
