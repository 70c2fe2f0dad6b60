import type { Finding, Run } from "../../src/core/run/run.ts";

/** What a slow or busy machine brings, whatever was profiled. */
const OF_THE_MACHINE = ["disturbed", "overrun", "sampled-while-timed"];

/** What was found in the recording and the pipeline: the same on every machine. */
export const steadyFindings = ({ findings }: Pick<Run, "findings">): Finding[] =>
  findings.filter(({ kind }) => !OF_THE_MACHINE.includes(kind));
