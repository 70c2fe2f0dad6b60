import { formatCount, formatDuration, formatLoad, formatShare, formatSpeed, plural } from "../../format.ts";
import { shortRunPath } from "../../names/paths.ts";
import type { MeasurementOverhead } from "../../run/measured/measurements.ts";
import type { Deadline, FindingPlace, Run } from "../../run/run.ts";
import type { Frames, Share } from "../../units.ts";
import { harmless, type Cell } from "../terminalText.ts";

/** Beside the stages, and outside their shares and loads. */
export const decodingWords = ({ audio }: Run): string =>
  `Decoding (${harmless(audio.encoding)}) took ${formatDuration(audio.decodeMs)}, outside the stages.`;

/** What all of it took, beside what one thread needs. */
export function elapsedWords({ totals, workers }: Run): string {
  const elapsed = `${formatDuration(totals.wallMs)} elapsed`;
  return workers.used === 1
    ? `${formatDuration(totals.stagesMs)} of work, ${elapsed}`
    : `${formatSpeed(totals.speed)} on ${plural(workers.used, "worker")}, ${elapsed}`;
}

export const blockWords = ({ budgetMs, block, peakLoad }: Deadline, blockFrames: Frames): string =>
  `Blocks of ${formatCount(blockFrames)} frames last ${formatDuration(budgetMs)}: median ${formatDuration(block.p50)}, longest ${formatDuration(block.max)} (${formatLoad(peakLoad)} peak load)`;

export const latenessWords = ({ overruns, blocks }: Deadline): string =>
  overruns === 0
    ? `none of ${formatCount(blocks)} late`
    : `${formatCount(overruns)} of ${formatCount(blocks)} late`;

/** As short as it can be told. */
export const fileWords = (file: string, { pipeline }: Pick<Run, "pipeline">): string =>
  harmless(shortRunPath(file, pipeline.file));

/** `src/biquad.ts:31`, `stage equaliser`; empty where there is neither. */
export function placeWords({ stage, file, line }: FindingPlace, run: Run): string {
  if (file === undefined) return stage === undefined ? "" : `stage ${harmless(stage)}`;
  return line === undefined ? fileWords(file, run) : `${fileWords(file, run)}:${line}`;
}

/** A place, with the source line that it names, where it names one. */
export function sourceCell(place: FindingPlace, run: Run): Cell {
  const { file, line = 1 } = place;
  return { text: placeWords(place, run), ...(file === undefined ? {} : { source: { file, line } }) };
}

const SOURCES: Readonly<Record<Run["runtime"]["source"], string>> = {
  path: "found on the PATH",
  editor: "the editor's own",
  setting: "named by a setting",
  "command line": "of the command line",
  checkout: "of the checkout of Waveflame",
};

export function measuredHow(run: Run): string {
  const { runtime, machine } = run;
  const processor = machine.cpu === "unknown" ? machine.architecture : machine.cpu;
  const cost = costWords(run);
  return `Measured by Node ${runtime.node} (${SOURCES[runtime.source]}) on ${harmless(processor)}, ${harmless(machine.platform)}.${cost === "" ? "" : ` Measuring cost ${cost}.`}`;
}

/** `w1`. @param worker from 0 */
export const workerName = (worker: number): string => `w${worker + 1}`;

/** What each of `measurements` is for. */
export const MEASUREMENTS: Readonly<Record<MeasurementOverhead["of"], string>> = {
  spans: "timing calls",
  memory: "memory",
  collections: "collections",
  io: "files and network",
  disturbance: "why blocks are slow",
  series: "processes over time",
};

/** What measuring cost, of the stages' time; null where nothing was timed. */
export function costShare({ measurements, passes }: Run): Share | null {
  const timed = passes.find(({ kind }) => kind === "timed");
  if (!timed) return null;
  const parts = measurements?.overhead ?? [];
  return parts.length === 0 ? timed.overhead.share : parts.reduce((sum, { share }) => sum + share, 0);
}

/** `0.9 % of the stages' time: timing calls 0.1 %, memory 0.8 %`; empty where nothing was timed. */
export function costWords(run: Run): string {
  const whole = costShare(run);
  if (whole === null) return "";
  const parts = run.measurements?.overhead ?? [];
  const each = parts.map(({ of, share }) => `${MEASUREMENTS[of]} ${formatShare(share)}`);
  return `${formatShare(whole)} of the stages' time${each.length === 0 ? "" : `: ${each.join(", ")}`}`;
}
