import { formatCount, formatDuration, formatLoad, formatShare, formatSpeed, plural } from "../../format.ts";
import { shortRunPath } from "../../names/paths.ts";
import type { Deadline, FindingPlace, Run } from "../../run/run.ts";
import type { Frames } from "../../units.ts";
import { harmless } from "../terminalText.ts";

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

const SOURCES: Readonly<Record<Run["runtime"]["source"], string>> = {
  path: "found on the PATH",
  editor: "the editor's own",
  setting: "named by a setting",
  "command line": "of the command line",
  checkout: "of the checkout of Waveflame",
};

export function measuredHow({ runtime, machine, passes }: Run): string {
  const processor = machine.cpu === "unknown" ? machine.architecture : machine.cpu;
  const timed = passes.find(({ kind }) => kind === "timed");
  const cost = timed ? ` Measuring cost ${formatShare(timed.overhead.share)} of the stages' time.` : "";
  return `Measured by Node ${runtime.node} (${SOURCES[runtime.source]}) on ${harmless(processor)}, ${harmless(machine.platform)}.${cost}`;
}
