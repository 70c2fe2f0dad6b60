import type { JobResult } from "../../src/engine/worker/lane/laneProtocol.ts";

/** What a lane answers that did nothing but what is said. */
export const jobResult = (said: Partial<JobResult> = {}): JobResult => ({
  spans: [],
  emissions: [],
  audio: null,
  blockMs: new Float64Array(),
  blockStarts: new Float64Array(),
  notNumbers: 0,
  collections: [],
  sampled: [],
  memory: [],
  looks: [],
  lookedMs: { memory: 0, blocks: 0, collections: 0 },
  inspection: null,
  clock: { began: 0, ended: 0, offset: 0, startUp: 0 },
  ...said,
});
