import type { Job } from "../lane/laneProtocol.ts";

/** All stages from the first on, over audio of the recording; nothing of it is kept. */
export const JOB_ALONE: Omit<Job, "to" | "segment" | "audio"> = {
  mode: "alone",
  alone: true,
  from: 0,
  warmUp: null,
  endsSegment: false,
  last: false,
  isOutput: false,
  wantsAudio: false,
};
