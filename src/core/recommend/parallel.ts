import type { Run, StageFigures } from "../run/run.ts";
import type { Milliseconds } from "../units.ts";

/** A stage of the group that all workers wait for. */
export interface FreeStage {
  readonly stage: StageFigures;
  /** Names of the stages that follow one another on one worker, this one among them. */
  readonly group: readonly string[];
  readonly groupMs: Milliseconds;
  /** Of the elapsed time, at most. */
  readonly gainMs: Milliseconds;
}

/** So near to the longest group's work the elapsed time has to be before that group counts as what it waits for. */
const NEAR = 1.25;

/** The stream stage whose freedom would shorten the timed pass most; null where nothing says that one would. */
export function couldGoAnywhere(run: Run): FreeStage | null {
  const { used } = run.workers;
  const { wallMs } = run.totals;
  if (used < 2 || run.audio.durationSeconds <= run.pipeline.segmentSeconds) return null;
  const groups = streamGroups(run.stages);
  const longest = groups.toSorted((a, b) => workOf(b) - workOf(a))[0];
  const groupMs = workOf(longest ?? []);
  if (!longest || wallMs > groupMs * NEAR || wallMs < groupMs / NEAR) return null;
  const evenly = workOf(run.stages) / used;
  if (groupMs <= evenly) return null;
  let best: FreeStage | null = null;
  for (const stage of longest) {
    const others = run.stages.map((each) => (each === stage ? { ...each, scope: "block" as const } : each));
    const bound = Math.max(evenly, ...streamGroups(others).map(workOf));
    const gainMs = wallMs * (1 - bound / groupMs);
    if (gainMs > (best?.gainMs ?? 0)) {
      best = { stage, group: longest.map((each) => each.name), groupMs, gainMs };
    }
  }
  return best;
}

/** How long the timed pass takes at best on so many workers: no group can be shared, the rest evenly. */
export function mostParallel(run: Run, workers: number): Milliseconds {
  const evenly = workOf(run.stages) / Math.max(1, workers);
  return Math.max(evenly, ...streamGroups(run.stages).map(workOf));
}

/** Neighbouring stream stages stay on one worker; a file stage ends a group. */
function streamGroups(stages: readonly StageFigures[]): StageFigures[][] {
  const groups: StageFigures[][] = [];
  let open: StageFigures[] | null = null;
  for (const stage of stages) {
    if (stage.scope !== "stream") {
      open = null;
    } else if (open) {
      open.push(stage);
    } else {
      open = [stage];
      groups.push(open);
    }
  }
  return groups;
}

function workOf(stages: readonly StageFigures[]): Milliseconds {
  return stages.reduce((sum, stage) => sum + stage.selfMs, 0);
}
