import { formatPosition, formatSeconds } from "../../core/format.ts";
import type { Seconds } from "../../core/units.ts";
import { Failure } from "../failure.ts";
import type { SourceTable } from "../modules/sourceTable.ts";
import type { Lane } from "../pool/lane.ts";
import type { LanePool } from "../pool/lanePool.ts";
import { Board } from "../worker/lane/board.ts";
import type { FailureNames } from "./failures.ts";

/** How long a stuck worker gets to say where it is. */
const ASK_STUCK_MS = 400;

/** Says which stage has stood still for so long, and on which line where that can be told. */
export async function stallFailure(
  lane: Lane,
  pool: LanePool,
  table: SourceTable,
  names: FailureNames,
  stallSeconds: Seconds,
): Promise<Failure> {
  const stage = names.stageName(Atomics.load(lane.board, Board.stage));
  const time = Atomics.load(lane.board, Board.position) / 1000;
  const waits = Atomics.load(lane.board, Board.waiting) === 1;
  const frames = waits ? [] : (await pool.whereTheyAre(ASK_STUCK_MS)).flat();
  const place = frames.map(({ line }) => table.place(line)).find((found) => found !== undefined);
  const at = place ? ` (${names.pathInRun(place.path)}:${place.line})` : "";
  const long = formatSeconds(stallSeconds);
  const what = waits ? "waits for a promise that hasn't settled" : "has been busy";
  const sentence = stage
    ? `Stage "${stage}" ${what} for ${long} at ${formatPosition(time)} of ${names.audio}${at}. Mend it, or raise waveflame.stallSeconds if it needs so long.`
    : `${names.pipeline} ${waits ? what : "hasn't finished loading"} for ${long}${at}. Mend it, or raise waveflame.stallSeconds if it needs so long.`;
  return new Failure("stall", sentence, {
    ...(stage ? { stage, time } : {}),
    ...(place ? { file: names.pathInRun(place.path), line: place.line } : {}),
  });
}
