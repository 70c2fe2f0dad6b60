import type { MessagePort } from "node:worker_threads";
import { Channel, type Message, type Port } from "../../../protocol/channel.ts";
import { LaneServer } from "./laneServer.ts";
import type { LaneHostMethods, LaneTask } from "./laneProtocol.ts";
import { installLoadHook } from "../loading/loadHook.ts";
import { IoWatch } from "../io/ioWatch.ts";
import { muteOutput } from "./output.ts";
import { keepFrames } from "../stages/stageCall.ts";
import { tellChildren } from "./tellChildren.ts";
import { transfersOf } from "./transfers.ts";

/** The piscina task: it answers over its port for as long as its thread lives, which is a run. */
export default function serveLane(task: LaneTask): Promise<never> {
  const io = task.watchesIo ? new IoWatch(task.board) : null;
  installLoadHook({ ...task, aside: (work) => (io ? io.aside(work) : work()) });
  io?.begin();
  muteOutput(task.quiet);
  keepFrames();
  const lane = new LaneServer(task, io);
  const host = new Channel<LaneHostMethods>(portOf(task.port), lane.methods(), transfersOf);
  lane.talkTo(host);
  if (task.tellsChildren)
    tellChildren((news) => {
      host.tell("child", news);
    });
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
