import type { MessagePort } from "node:worker_threads";
import { Channel, type Message, type Port } from "../../../protocol/channel.ts";
import { LaneServer } from "./laneServer.ts";
import type { LaneHostMethods, LaneTask } from "./laneProtocol.ts";
import { installLoadHook } from "../loading/loadHook.ts";
import { muteOutput } from "./output.ts";
import { keepFrames } from "../stages/stageCall.ts";
import { transfersOf } from "./transfers.ts";

/** The piscina task: it answers over its port for as long as its thread lives, which is a run. */
export default function serveLane(task: LaneTask): Promise<never> {
  installLoadHook(task);
  muteOutput(task.quiet);
  keepFrames();
  const lane = new LaneServer(task);
  lane.talkTo(new Channel<LaneHostMethods>(portOf(task.port), lane.methods(), transfersOf));
  return new Promise(() => {
    // Only the end of the thread ends it.
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
