import type { Finding, FindingKind, Run } from "./run.ts";

const OF_RECORDING: readonly FindingKind[] = ["decoded-with-errors", "not-a-number-in-recording"];
const OF_REQUEST: readonly FindingKind[] = ["unknown-parameter"];

/** What casts doubt on every figure of the run, because the recording itself is faulty. */
export const recordingFaults = ({ findings }: Run): readonly Finding[] =>
  findings.filter(({ kind }) => OF_RECORDING.includes(kind));

/** The same, and what was asked for and didn't reach the run: to be read before any figure. In the order of the findings. */
export const doubts = ({ findings }: Run): readonly Finding[] =>
  findings.filter(({ kind }) => OF_RECORDING.includes(kind) || OF_REQUEST.includes(kind));
