import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { LaneSettings } from "../../pool/lane.ts";
import { newBoard } from "../lane/board.ts";
import serveLane from "../lane/laneTask.ts";
import type { BridgeData } from "./laneBridge.ts";

/**
 * A lane in a process of its own, for native code that fails in threads: the main thread runs it as any worker would,
 * and a thread beside it carries what it says to the engine and back, however busy it is.
 */
const [settings = ""] = process.argv.splice(2);
const jobs = new MessageChannel();
const sources = new MessageChannel();
const errors = new MessageChannel();
const board = newBoard();
const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

const workerData: BridgeData = {
  jobs: jobs.port1,
  sources: sources.port1,
  errors: errors.port1,
  board,
  answered,
};
new Worker(join(__dirname, "laneBridge.js"), {
  workerData,
  // Nothing that the author's runtime is started with belongs to the bridge.
  execArgv: [],
  transferList: [jobs.port1, sources.port1, errors.port1],
});

// The bridge tells it, and ends this process.
process.on("uncaughtException", (error: unknown) => {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  errors.port2.postMessage({ message, stack });
});

void serveLane({
  ...(JSON.parse(settings) as LaneSettings),
  port: jobs.port2,
  sources: sources.port2,
  board,
  answered,
});
