import { setFlagsFromString } from "node:v8";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { Channel, type Message } from "../../protocol/channel.ts";
import { Failure } from "../failure.ts";
import { newBoard } from "../worker/lane/board.ts";
import { LANE_EXEC_ARGV } from "../worker/lane/laneFlags.ts";
import type { LaneMethods, LaneTask } from "../worker/lane/laneProtocol.ts";
import { JobParts } from "./jobParts.ts";
import {
  hostOf,
  KEEPS_LINES,
  type Lane,
  type LaneHome,
  type LaneHomeOptions,
  type LaneSettings,
} from "./lane.ts";
import { whereWorkersAre, type StuckFrame } from "./stuck.ts";
import { WorkerThrew } from "./workerThrew.ts";

/** Lanes as threads of one piscina pool. */
export class ThreadLanes implements LaneHome {
  readonly #pool: Piscina;
  readonly #options: LaneHomeOptions;
  readonly #ends = new Map<Lane, () => void>();
  readonly processes = [];

  constructor(options: LaneHomeOptions) {
    this.#options = options;
    this.#pool = new Piscina({
      filename: options.filename,
      minThreads: 1,
      maxThreads: Math.max(1, options.maxLanes),
      concurrentTasksPerWorker: 1,
      // Waiting by atomics would look like work in a profile (profiling facts).
      atomics: "disabled",
      execArgv: [...process.execArgv.filter(isNoLogFlag), ...LANE_EXEC_ARGV],
      resourceLimits: { maxOldGenerationSizeMb: options.heapLimitMB },
      closeTimeout: 500,
    });
    // A worker's last error also reaches its lane; without a listener it would end the process.
    this.#pool.on("error", () => undefined);
  }

  open(settings: LaneSettings, keepsLines: boolean): Lane {
    // Threads that live already keep what they began with.
    if (keepsLines) setFlagsFromString(KEEPS_LINES);
    const { lane, task, disconnect } = this.#connect(settings);
    const end = new AbortController();
    this.#ends.set(lane, () => {
      end.abort();
      disconnect();
    });
    const { signal } = end;
    this.#pool.run(task, { transferList: [task.port, task.sources], signal }).catch((error: unknown) => {
      // What it told last may still be on its way.
      setImmediate(() => {
        lane.channel.close(workerFailure(error));
      });
    });
    return lane;
  }

  /** Its thread ends with its task. */
  close(lane: Lane): Promise<void> {
    this.#ends.get(lane)?.();
    this.#ends.delete(lane);
    return Promise.resolve();
  }

  whereTheyAre(waitMs: number): Promise<StuckFrame[][]> {
    return whereWorkersAre(waitMs);
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy();
    // Ports whose other ends never reached a thread would keep the process.
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
  }

  /** One port for jobs, one for source texts, which the worker's load hook waits for asleep. */
  #connect(settings: LaneSettings): { lane: Lane; task: LaneTask; disconnect: () => void } {
    const { service, host } = this.#options;
    const jobs = new MessageChannel();
    const sources = new MessageChannel();
    const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const board = newBoard();
    const parts = new JobParts();
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
      hostOf(host, parts),
    );
    const raise: Lane["raise"] = (word) => void Atomics.store(board, word, 1);
    return {
      lane: { channel, board, parts, raise },
      task: { ...settings, port: jobs.port2, sources: sources.port2, board, answered },
      disconnect() {
        jobs.port1.close();
        sources.port1.close();
      },
    };
  }
}

/** V8's flags are the process's: a thread can't be given any. */
const isNoLogFlag = (flag: string): boolean => !/^--(log|redirect-code-traces)/.test(flag);

/** A worker that died outside of any call: by its heap's limit, an error in a timer, a rejection nobody caught. */
function workerFailure(error: unknown): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_WORKER_OUT_OF_MEMORY")
    return new Failure(
      "memory",
      "The pipeline filled the JavaScript heap. Keep less between blocks, or raise waveflame.memoryLimitMB.",
    );
  return new WorkerThrew(error);
}
