import type { JobResult } from "./laneProtocol.ts";

/** What of a lane's answer goes over to the engine instead of being copied: audio and times. */
export function transfersOf(answer: unknown): ArrayBuffer[] {
  if (!isJobResult(answer)) return [];
  const { audio, spans, blockMs, blockStarts } = answer;
  return [
    ...(audio?.channels.map(({ buffer }) => buffer) ?? []),
    ...spans.flatMap(({ starts, ends, waits }) => [
      starts.buffer,
      ends.buffer,
      ...(waits ? [waits.buffer] : []),
    ]),
    blockMs.buffer,
    blockStarts.buffer,
  ];
}

const isJobResult = (answer: unknown): answer is JobResult =>
  typeof answer === "object" && answer !== null && "blockMs" in answer;
