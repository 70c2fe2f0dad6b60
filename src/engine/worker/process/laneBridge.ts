import { Session } from "node:inspector";
import { Socket } from "node:net";
import { workerData, type MessagePort } from "node:worker_threads";
import type { Message } from "../../../protocol/channel.ts";
import { LaneWire, type FromLane, type ToLane } from "./laneWire.ts";

/** What the bridge shares with the main thread of its process. */
export interface BridgeData {
  readonly jobs: MessagePort;
  readonly sources: MessagePort;
  readonly errors: MessagePort;
  readonly board: Int32Array;
  readonly answered: Int32Array;
}

/** Where whoever started the process left the other end. */
const ENGINE_FD = 3;
const TELL_EVERY_MS = 50;

const { jobs, sources, errors, board, answered } = workerData as BridgeData;
const engine = new Socket({ fd: ENGINE_FD, readable: true, writable: true });
const wire = new LaneWire<ToLane, FromLane>(engine, receive);

function receive(message: ToLane): void {
  switch (message.kind) {
    case "job":
      jobs.postMessage(message.message);
      break;
    case "source":
      sources.postMessage(message.prepared);
      Atomics.store(answered, 0, 1);
      Atomics.notify(answered, 0);
      break;
    case "raise":
      Atomics.store(board, message.word, 1);
      break;
    case "where":
      tellWhere();
      break;
  }
}

jobs.on("message", (message: Message) => {
  wire.send({ kind: "job", message });
});
sources.on("message", (url: string) => {
  wire.send({ kind: "source", url });
});
errors.on("message", ({ message, stack }: { message: string; stack: string }) => {
  wire.send({ kind: "threw", message, stack });
  engine.end(endProcess);
});
setInterval(() => {
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / 1000;
  wire.send({ kind: "board", words: Int32Array.from(board), resident: process.memoryUsage.rss(), cpuMs });
}, TELL_EVERY_MS);

// The engine is gone, and nobody else would end what the main thread does.
engine.on("close", endProcess).on("error", endProcess);

/** `process.exit` would end this thread alone. */
function endProcess(): void {
  process.kill(process.pid, "SIGKILL");
}

/** Asks the main thread by the debugger: that also interrupts an endless loop. */
function tellWhere(): void {
  const session = new Session();
  session.connectToMainThread();
  session.once("Debugger.paused", ({ params }) => {
    const frames = params.callFrames.map(({ functionName, location }) => ({
      name: functionName,
      line: location.lineNumber + 1,
    }));
    wire.send({ kind: "where", frames });
    session.post("Debugger.disable", () => {
      session.disconnect();
    });
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}
