import { formatBytes, formatCount, formatDuration, plural } from "../format.ts";
import { baseName } from "../names/paths.ts";
import { collectingIn } from "../run/collecting.ts";
import type { LoopCount } from "../run/measured/counts.ts";
import type { LineFigures, Run, StageFigures } from "../run/run.ts";
import type { Milliseconds, Share } from "../units.ts";
import type { Bottleneck } from "./bottlenecks.ts";
import { formatCalls, inMeasuredAudio } from "./callCounts.ts";

/** From these shares of a stage on something is a reason for its time. */
const DOMINATES: Share = 0.3;
const LOOPS: Share = 0.3;
const COLLECTS: Share = 0.05;
const WAITS: Share = 0.2;
/** And from so much for each minute of audio on. */
const ALLOCATES_MB = 10;

/** Why a stage takes what it takes: what the figures say, in the order in which it would be looked at. */
export function reasonOf(run: Run, stage: StageFigures): string {
  const parts = [
    callWords(stage),
    ...lineWords(run, stage),
    ...loopWords(run, stage),
    ...collectionWords(run, stage),
    ...allocationWords(run, stage),
    ...waitWords(stage),
  ];
  return `${parts.join("; ")}.`;
}

const callWords = ({ calls, selfMs }: StageFigures): string =>
  calls > 1
    ? `${formatCount(calls)} calls of ${formatDuration(selfMs / calls)} on average`
    : `one call of ${formatDuration(selfMs)}`;

/** The line that dominates a function, where one does: of all stages in which it ran. */
export function hottestLineWords({ callTree }: Run, { file, line, selfMs }: Bottleneck): string[] {
  const byLine = new Map<number, Milliseconds>();
  callTree.kind.forEach((kind, node) => {
    const func = callTree.functions[callTree.function[node] ?? -1];
    if (kind !== 2 || func?.file !== file || func.line !== line) return;
    const at = callTree.line[node] ?? 0;
    byLine.set(at, (byLine.get(at) ?? 0) + (callTree.selfMs[node] ?? 0));
  });
  const [most] = [...byLine].toSorted((a, b) => b[1] - a[1]);
  if (!most || most[1] < DOMINATES * selfMs) return [];
  return [`its line ${most[0]} takes ${formatDuration(most[1])} of ${formatDuration(selfMs)}`];
}

function lineWords({ lines }: Run, stage: StageFigures): string[] {
  const [hottest] = lines.filter(isOf(stage)).sort((a, b) => b.selfMs - a.selfMs);
  if (!hottest || hottest.selfMs < DOMINATES * stage.selfMs) return [];
  return [`${placeWords(hottest)} alone takes ${formatDuration(hottest.selfMs)}`];
}

function loopWords(run: Run, stage: StageFigures): string[] {
  const cost = ({ iterations, nsPerIteration }: LoopCount): Milliseconds =>
    (inMeasuredAudio(run, stage.name, iterations).calls * (nsPerIteration ?? 0)) / 1e6;
  const [costliest] = (run.counts?.loops ?? [])
    .filter(({ stage: name, nsPerIteration }) => name === stage.name && nsPerIteration !== null)
    .sort((a, b) => cost(b) - cost(a));
  if (!costliest || cost(costliest) < LOOPS * stage.selfMs) return [];
  const times = formatCalls(inMeasuredAudio(run, stage.name, costliest.iterations));
  const each = formatDuration((costliest.nsPerIteration ?? 0) / 1e6);
  return [`the loop at ${placeWords(costliest)} goes round ${times} times, ${each} each`];
}

function collectionWords(run: Run, stage: StageFigures): string[] {
  const { ms, count } = collectingIn(run, stage);
  if (ms <= 0 || ms < COLLECTS * stage.selfMs) return [];
  const often = count === null ? "" : ` in ${plural(count, "pause")}`;
  return [`collecting garbage takes ${formatDuration(ms)}${often}`];
}

function allocationWords({ stageMemory }: Run, { name }: StageFigures): string[] {
  const memory = stageMemory?.stages.find(({ stage }) => stage === name);
  if (!memory || memory.mbPerAudioMinute < ALLOCATES_MB) return [];
  return [`it allocates ${formatBytes(memory.mbPerAudioMinute * 2 ** 20)} for each minute of audio`];
}

function waitWords({ wallMs, selfMs }: StageFigures): string[] {
  const ms = wallMs - selfMs;
  return wallMs > 0 && ms / wallMs >= WAITS ? [`it waits ${formatDuration(ms)} besides`] : [];
}

const isOf =
  ({ name }: StageFigures) =>
  ({ stage, share, error }: LineFigures): boolean =>
    stage === name && share > error;

const placeWords = ({ file, line }: Pick<LineFigures, "file" | "line">): string =>
  `${baseName(file)}:${line}`;
