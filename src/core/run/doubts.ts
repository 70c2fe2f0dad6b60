import type { Finding, FindingKind, Run } from "./run.ts";

const KINDS: readonly FindingKind[] = [
  "decoded-with-errors",
  "disturbed",
  "not-a-number-in-recording",
  "unknown-parameter",
];

/** What casts doubt on every figure of the run, because the recording is faulty, something else took of the machine, or what was asked for didn't reach a stage: to be read first. */
export const doubts = ({ findings }: Run): readonly Finding[] =>
  findings.filter(({ kind }) => KINDS.includes(kind));
