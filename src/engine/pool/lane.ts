import { MessageChannel } from "node:worker_threads";
import { Channel, type Message } from "../../protocol/channel.ts";
import type { SourceService } from "../modules/sourceService.ts";
import { newBoard } from "../worker/board.ts";
import type { LaneHostMethods, LaneMethods, LaneTask } from "../worker/laneProtocol.ts";

/** The engine's side of a lane. */
export interface Lane {
  readonly channel: Channel<LaneMethods>;
  readonly board: Int32Array;
}

/** What a lane is made from, besides its ports. */
export type LaneSettings = Omit<LaneTask, "port" | "sources" | "board" | "answered">;

/**
 * Connects a lane: one port for jobs, one for source texts, which the worker's load hook waits for asleep.
 *
 * @returns the lane and the task that makes a worker take it
 */
export function connectLane(
  settings: LaneSettings,
  service: SourceService,
  host: LaneHostMethods,
): { lane: Lane; task: LaneTask } {
  const jobs = new MessageChannel();
  const sources = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const board = newBoard();
  sources.port1.on("message", (url: string) => {
    void service.prepare(url).then((prepared) => {
      sources.port1.postMessage(prepared);
      Atomics.store(answered, 0, 1);
      Atomics.notify(answered, 0);
    });
  });
  const channel = new Channel<LaneMethods>(
    {
      post(message, transfer = []) {
        jobs.port1.postMessage(message, transfer as ArrayBuffer[]);
      },
      listen(receive) {
        jobs.port1.on("message", (message: Message) => {
          receive(message);
        });
      },
    },
    host,
  );
  return {
    lane: { channel, board },
    task: { ...settings, port: jobs.port2, sources: sources.port2, board, answered },
  };
}
