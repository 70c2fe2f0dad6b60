import {
  formatDuration,
  formatNumber,
  formatPosition,
  formatSeconds,
  formatShare,
  plural,
} from "../../../core/format.ts";
import type { SlowBlocks } from "../../../core/run/measured/slowBlocks.ts";
import type { StageMemoryFacts } from "../../../core/run/measured/stageMemory.ts";
import type { Finding } from "../../../core/run/run.ts";
import type { Milliseconds, Share } from "../../../core/units.ts";
import type { PassDisturbance } from "../../monitor/disturbance.ts";
import type { LaneIo } from "../../worker/io/laneIo.ts";
import type { FindingParts } from "./findings.ts";

/** So much outside of all stages isn't the profiler's own work any more. */
const UNACCOUNTED: Share = 0.1;
const UNACCOUNTED_MS: Milliseconds = 50;
/** A pool has to save at least so much of one worker's time. */
const WORTH_IT: Share = 0.05;
/** Of all blocks. */
const WORTH_TELLING: Share = 0.01;
const GROWS_MB_PER_MINUTE = 1;
const GROWS_MUCH = 10;

/** What a figure could be mistaken for (design, Rules of measuring, 5 and 6). */
export function honestyFindings(parts: FindingParts): Finding[] {
  return [
    addsUpWrongly(parts),
    ...withoutEffect(parts),
    poolNotWorthIt(parts),
    memoryGrows(parts),
    slowBlocks(parts),
    clockJumped(parts),
    changedGlobals(parts),
  ].filter((finding) => finding !== null);
}

function addsUpWrongly({ measured: { timed, alone, disturbances }, stages }: FindingParts): Finding | null {
  const { workMs, jobsMs, ...pass } = alone ?? timed;
  const unaccountedMs = pass.unaccountedMs - waitedForCoreMs(disturbances, workMs);
  // What stages hear before a segment isn't counted as theirs.
  if (stages.some(({ warmUpSeconds }) => warmUpSeconds !== null)) return null;
  if (unaccountedMs < UNACCOUNTED_MS || unaccountedMs < UNACCOUNTED * jobsMs) return null;
  return {
    kind: "adds-up-wrongly",
    severity: "warning",
    text: `The stages' times add up to ${formatDuration(jobsMs - unaccountedMs)}, but one worker was busy for ${formatDuration(jobsMs)}: ${formatShare(unaccountedMs / jobsMs)} passed outside of all stages. What a stage starts and doesn't wait for runs there, as a promise that it doesn't return. Return it, so that its time is counted.`,
    where: null,
  };
}

/** What other programs took may lie outside of stages, and is nobody's work. */
const waitedForCoreMs = (passes: readonly PassDisturbance[], workMs: Milliseconds): Milliseconds =>
  Math.max(
    0,
    ...passes.map(({ runQueueShare }) => (runQueueShare === "unknown" ? 0 : runQueueShare * workMs)),
  );

function withoutEffect({ measured: { allocated, timed, io }, stages, source }: FindingParts): Finding[] {
  if (!allocated?.withEffect) return [];
  const effective = new Set([
    ...allocated.withEffect,
    ...timed.emissions.map(({ stage }) => stage),
    ...(io ?? []).flatMap(reachingOthers),
  ]);
  const seconds = formatSeconds(allocated.frames / source.sampleRate);
  return stages.flatMap(({ name, scope, file, line, share }, index) =>
    scope === "file" || effective.has(index)
      ? []
      : [
          {
            kind: "stage-without-effect",
            severity: "information" as const,
            text: `Stage "${name}" changed no sample in the first ${seconds} and emitted nothing: its ${formatShare(share)} of the time reach nobody, unless another stage reads what it keeps. Take it out, or emit what it computes.`,
            where: { stage: name, file, line },
          },
        ],
  );
}

/** Stages that wrote a file, or asked something of another machine. */
const reachingOthers = ({ files, network }: LaneIo): number[] =>
  [...files.filter(({ bytesWritten }) => bytesWritten > 0), ...network].map(({ stage }) => stage);

function poolNotWorthIt({ measured: { timed, alone, workers } }: FindingParts): Finding | null {
  if (!alone || workers.used < 2 || alone.frames === 0 || timed.frames === 0) return null;
  const oneMs = (alone.wallMs / alone.frames) * timed.frames;
  if (timed.wallMs <= (1 - WORTH_IT) * oneMs) return null;
  const { workers: used } = timed.pool.figures(timed.wallMs);
  const sum = (of: (worker: (typeof used)[number]) => number): number =>
    used.reduce((all, worker) => all + of(worker), 0);
  return {
    kind: "pool-not-worth-it",
    severity: "information",
    text: `${plural(workers.used, "worker")} took ${formatDuration(timed.wallMs)}, one alone takes about ${formatDuration(oneMs)}: handing over the audio took ${formatDuration(sum(({ transferringMs }) => transferringMs))}, and the workers had nothing to do for ${formatDuration(sum(({ waitingMs }) => waitingMs))}. Set waveflame.workers to 1.`,
    where: null,
  };
}

function memoryGrows({ stageMemory, stages }: FindingParts): Finding | null {
  const growth = stageMemory?.growth;
  if (!stageMemory || !growth || growth.mbPerAudioMinute < GROWS_MB_PER_MINUTE) return null;
  const holder = holderIn(stageMemory, growth.stage);
  const stage = stages.find(({ name }) => name === growth.stage);
  const at = holder ? `, most of it from ${holder.file}:${holder.line}` : "";
  return {
    kind: "memory-grows",
    severity: growth.mbPerAudioMinute >= GROWS_MUCH ? "warning" : "information",
    text: `The pipeline holds ${formatNumber(growth.mbPerAudioMinute)} MB more for each minute of audio${growth.stage === null ? "" : `, in stage "${growth.stage}"`}${at}. If nobody needs it at the end, drop what is old.`,
    where:
      growth.stage === null
        ? null
        : {
            stage: growth.stage,
            ...(holder
              ? { file: holder.file, line: holder.line }
              : stage && { file: stage.file, line: stage.line }),
          },
  };
}

function holderIn(
  { functions }: StageMemoryFacts,
  stage: string | null,
): StageMemoryFacts["functions"][number] | undefined {
  return functions
    .filter((one) => one.stage === stage && one.file !== "" && one.heldBytes > 0)
    .toSorted((a, b) => b.heldBytes - a.heldBytes)[0];
}

function slowBlocks({ slowBlocks: slow, totals, stages }: FindingParts): Finding | null {
  if (!slow || slow.count === 0) return null;
  const isLate = (totals.deadline?.overruns ?? 0) > 0;
  const first = slow.byCause.find(({ cause }) => cause === "first calls")?.count ?? 0;
  // Every run has first calls, and a few blocks that something else came upon.
  if (!isLate && slow.count - first < WORTH_TELLING * (totals.deadline?.blocks ?? 0)) return null;
  const worst = slow.episodes.toSorted((a, b) => b.excessMs - a.excessMs)[0];
  if (!worst) return null;
  const stage = stages.find(({ name }) => name === worst.stage);
  return {
    kind: "slow-blocks",
    severity: isLate ? "warning" : "information",
    text: `${plural(slow.count, "block")} took more than ${formatDuration(slow.thresholdMs)} where ${formatDuration(slow.usualMs)} is usual: ${causeWords(slow)}. The most time went at ${formatPosition(worst.time)}${worst.stage === "" ? "" : ` in stage "${worst.stage}"`}. ${worst.evidence}`,
    where: {
      time: worst.time,
      ...(stage ? { stage: stage.name, file: worst.file ?? stage.file, line: worst.line ?? stage.line } : {}),
    },
  };
}

/** `118 by denormals, 4 by collection, 2 unexplained` */
export function causeWords({ byCause }: SlowBlocks): string {
  return byCause
    .toSorted((a, b) => b.count - a.count)
    .map(({ cause, count }) => (cause === "unexplained" ? `${count} unexplained` : `${count} by ${cause}`))
    .join(", ");
}

const CLOCK_JUMPED_MS: Milliseconds = 1000;

function clockJumped({ clockDriftMs }: FindingParts): Finding | null {
  if (Math.abs(clockDriftMs) < CLOCK_JUMPED_MS) return null;
  const how = `${formatSeconds(Math.abs(clockDriftMs) / 1000)} ${clockDriftMs > 0 ? "forward" : "back"}`;
  return {
    kind: "clock-jumped",
    severity: "information",
    text: `The machine's clock went ${how} while the run was measured: it was set, or the machine slept. Durations come from a clock that doesn't jump; profile again if it slept.`,
    where: null,
  };
}

function changedGlobals({ measured: { changedGlobals: changed } }: FindingParts): Finding | null {
  if (changed.length === 0) return null;
  const names = changed.slice(0, 5).join(", ");
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : "";
  return {
    kind: "changed-globals",
    severity: "information",
    text: `The pipeline changes what the runtime brings: ${names}${more}. Times come from the runtime's own clock all the same, but other code in the worker gets what was changed. Keep such changes to functions of your own.`,
    where: null,
  };
}
