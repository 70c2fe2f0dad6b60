import { formatBytes, formatPosition } from "../../core/format.ts";
import type { Bytes } from "../../core/units.ts";
import { Failure } from "../failure.ts";
import type { Lane } from "../pool/lane.ts";
import { Board } from "../worker/lane/board.ts";
import type { FailureNames } from "./failures.ts";

/** Says which stage was at work when the run held more than it may; of several lanes that of one that is. */
export function tooMuchMemory(
  lanes: readonly Lane[],
  names: Pick<FailureNames, "stageName">,
  limit: Bytes,
): Failure {
  const board = (lanes.find((lane) => Atomics.load(lane.board, Board.stage) >= 0) ?? lanes[0])?.board;
  const stage = names.stageName(board ? Atomics.load(board, Board.stage) : -1);
  const time = board ? Atomics.load(board, Board.position) / 1000 : 0;
  const inStage = stage === undefined ? "" : ` in stage "${stage}"`;
  return new Failure(
    "memory",
    `The pipeline needed more than ${formatBytes(limit)} of memory${inStage} near ${formatPosition(time)} of the recording and was ended: keep less of the recording at once, or raise waveflame.memoryLimitMB.`,
    { time, ...(stage === undefined ? {} : { stage }) },
  );
}
