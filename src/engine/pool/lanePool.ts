import { Piscina } from "piscina";
import { Failure } from "../failure.ts";
import type { SourceService } from "../modules/sourceService.ts";
import { Board } from "../worker/board.ts";
import type { LaneHostMethods } from "../worker/laneProtocol.ts";
import { LANE_EXEC_ARGV } from "../worker/laneFlags.ts";
import { connectLane, type Lane, type LaneSettings } from "./lane.ts";
import { WorkerThrew } from "./workerThrew.ts";

export interface LanePoolOptions {
  /** The worker's bundle. */
  readonly filename: string;
  readonly maxLanes: number;
  readonly heapLimitMB: number;
  readonly service: SourceService;
  readonly host: LaneHostMethods;
}

/** The threads of one run: made for it, destroyed after it. */
export class LanePool {
  readonly #pool: Piscina;
  readonly #options: LanePoolOptions;
  readonly #lanes: Lane[] = [];
  #cancelled = false;

  constructor(options: LanePoolOptions) {
    this.#options = options;
    this.#pool = new Piscina({
      filename: options.filename,
      minThreads: 1,
      maxThreads: Math.max(1, options.maxLanes),
      concurrentTasksPerWorker: 1,
      // Waiting by atomics would look like work in a profile (profiling facts).
      atomics: "disabled",
      execArgv: [...process.execArgv, ...LANE_EXEC_ARGV],
      resourceLimits: { maxOldGenerationSizeMb: options.heapLimitMB },
      closeTimeout: 500,
    });
    // A worker's last error also reaches its lane; without a listener it would end the process.
    this.#pool.on("error", () => undefined);
  }

  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  open(settings: LaneSettings): Lane {
    const { lane, task } = connectLane(settings, this.#options.service, this.#options.host);
    this.#lanes.push(lane);
    if (this.#cancelled) Atomics.store(lane.board, Board.cancel, 1);
    this.#pool.run(task, { transferList: [task.port, task.sources] }).catch((error: unknown) => {
      lane.channel.close(workerFailure(error));
    });
    return lane;
  }

  /** Every lane ends after its block. */
  cancel(): void {
    this.#cancelled = true;
    for (const { board } of this.#lanes) Atomics.store(board, Board.cancel, 1);
  }

  /** This pass takes long: every lane turns its sampler on after its block. */
  sampleFromNow(): void {
    for (const { board } of this.#lanes) Atomics.store(board, Board.sample, 1);
  }

  /** Every lane gives up what it can, after its job. */
  cleanUp(): void {
    for (const { channel } of this.#lanes) channel.tell("cleanUp", null);
  }

  /** Every open call is rejected with the reason. */
  fail(reason: Error): void {
    for (const { channel } of this.#lanes) channel.close(reason);
  }

  /** Ends the threads, whatever they do. */
  async destroy(): Promise<void> {
    this.fail(new Failure("engine", "The run is over."));
    await this.#pool.destroy();
  }
}

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
