import type { Message } from "../../protocol/channel.ts";
import { Board } from "../worker/lane/board.ts";
import type { FileStageJob, Job } from "../worker/lane/laneProtocol.ts";
import { LaneEnded } from "./laneEnded.ts";

/** What a lane was last asked to do, for saying where it was when its process ended. */
export class LaneUnderWay {
  #stage: number | null = null;
  #seconds: number | null = null;

  note(message: Message): void {
    if (message.kind !== "call") return;
    if (message.method === "run") {
      const { from, to, audio } = message.params as Job;
      this.#stage = to - from === 1 ? from : null;
      this.#seconds = audio.startFrame / audio.sampleRate;
    } else if (message.method === "runFileStage") {
      const { stage, endSeconds } = message.params as FileStageJob;
      this.#stage = stage;
      this.#seconds = endSeconds;
    }
  }

  /**
   * @param board as it was told last, which may be some blocks ago
   * @param isStanding nothing was finished between the last two times: the stage that was at work still is
   */
  ended(how: string, board: Int32Array, isStanding: boolean): LaneEnded {
    const told = isStanding ? (board[Board.stage] ?? -1) : -1;
    const position = (board[Board.position] ?? 0) / 1000;
    const seconds = this.#seconds === null ? null : Math.max(this.#seconds, position);
    return new LaneEnded(how, this.#seconds !== null && told >= 0 ? told : this.#stage, seconds);
  }
}
