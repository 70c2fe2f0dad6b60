import type { MessagePort } from "node:worker_threads";
import { Channel, type Message, type Port } from "../../protocol/channel.ts";
import { Lane } from "./lane.ts";
import type { LaneHostMethods, LaneTask } from "./laneProtocol.ts";
import { installLoadHook } from "./loadHook.ts";
import { muteOutput } from "./output.ts";
import { keepFrames } from "./stageCall.ts";

/** The piscina task: lives for a run, answers over its port, and ends when it is closed. */
export default function measure(task: LaneTask): Promise<void> {
  installLoadHook(task);
  muteOutput(task.quiet);
  keepFrames();
  return new Promise((resolve) => {
    const lane = new Lane(task, () => {
      task.port.close();
      task.sources.close();
      resolve();
    });
    lane.talkTo(new Channel<LaneHostMethods>(portOf(task.port), lane.methods()));
  });
}

function portOf(port: MessagePort): Port {
  return {
    post(message, transfer = []) {
      port.postMessage(message, transfer as ArrayBuffer[]);
    },
    listen(receive) {
      port.on("message", (message: Message) => {
        receive(message);
      });
    },
  };
}
