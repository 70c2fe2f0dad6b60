import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { pathToFileURL } from "node:url";
import type { Bytes, Milliseconds } from "../../core/units.ts";
import { Channel, type Message } from "../../protocol/channel.ts";
import type { ProcessUsage } from "../monitor/usage.ts";
import { Board, newBoardCopy } from "../worker/lane/board.ts";
import { LANE_EXEC_ARGV } from "../worker/lane/laneFlags.ts";
import type { LaneMethods } from "../worker/lane/laneProtocol.ts";
import { LaneWire, type FromLane, type ToLane } from "../worker/process/laneWire.ts";
import { JobParts } from "./jobParts.ts";
import {
  hostOf,
  KEEPS_LINES,
  type Lane,
  type LaneHome,
  type LaneHomeOptions,
  type LaneSettings,
} from "./lane.ts";
import { LaneUnderWay } from "./laneUnderWay.ts";
import type { StuckFrame } from "./stuck.ts";
import { WorkerThrew } from "./workerThrew.ts";

/** After a child's exit. */
const LAST_WORDS_MS: Milliseconds = 300;

/** A child and what it told last. */
class ProcessLane implements Lane {
  readonly child: ChildProcess;
  readonly channel: Channel<LaneMethods>;
  readonly board = newBoardCopy();
  readonly parts = new JobParts();
  readonly #wire: LaneWire<FromLane, ToLane>;
  readonly #underWay = new LaneUnderWay();
  #isStanding = false;
  #onWhere: (frames: StuckFrame[]) => void = () => undefined;
  resident: Bytes = 0;
  cpuMs: Milliseconds = 0;

  constructor(child: ChildProcess, { service, host }: LaneHomeOptions) {
    this.child = child;
    let receiveJob: (message: Message) => void = () => undefined;
    this.#wire = new LaneWire(child.stdio[3] as Duplex, (message: FromLane) => {
      switch (message.kind) {
        case "job":
          receiveJob(message.message);
          break;
        case "source":
          void service.prepare(message.url).then((prepared) => {
            this.#send({ kind: "source", prepared });
          });
          break;
        case "board":
          this.#isStanding = this.board[Board.beats] === message.words[Board.beats];
          this.board.set(message.words);
          this.resident = message.resident;
          this.cpuMs = message.cpuMs;
          break;
        case "where":
          this.#onWhere([...message.frames]);
          break;
        case "threw":
          this.channel.close(
            new WorkerThrew(Object.assign(new Error(message.message), { stack: message.stack })),
          );
          break;
      }
    });
    // The child's end is told by its exit.
    child.stdio[3]?.on("error", () => undefined);
    this.channel = new Channel<LaneMethods>(
      {
        post: (message) => {
          this.#underWay.note(message);
          this.#send({ kind: "job", message });
        },
        listen: (receive) => {
          receiveJob = receive;
        },
      },
      hostOf(host, this.parts),
    );
    child.once("error", (error) => {
      this.channel.close(error);
    });
    // When all that it told has arrived, which comes after its exit; unless another process holds the pipe, too.
    child.once("exit", (code, signal) => {
      const end = (): void => {
        const how = signal ?? `exit code ${code ?? 0}`;
        this.channel.close(this.#underWay.ended(how, this.board, this.#isStanding));
      };
      child.once("close", end);
      setTimeout(end, LAST_WORDS_MS).unref();
    });
  }

  raise(word: number): void {
    this.#send({ kind: "raise", word });
  }

  /** Empty where it gives no answer: it sleeps in native code. */
  where(waitMs: number): Promise<StuckFrame[]> {
    this.#send({ kind: "where" });
    return new Promise((resolve) => {
      this.#onWhere = resolve;
      setTimeout(resolve, waitMs, []);
    });
  }

  /** Gone when it is fulfilled. */
  async end(): Promise<void> {
    const { child } = this;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  #send(message: ToLane): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.#wire.send(message);
  }
}

/** Lanes as processes, for native code that fails in threads. Audio is copied to them, not transferred. */
export class ProcessLanes implements LaneHome {
  readonly #options: LaneHomeOptions;
  readonly #lanes: ProcessLane[] = [];

  constructor(options: LaneHomeOptions) {
    this.#options = options;
  }

  get processes(): readonly ProcessUsage[] {
    return this.#lanes.flatMap(({ child: { pid }, resident, cpuMs }) =>
      pid === undefined ? [] : [{ pid, resident, cpuMs }],
    );
  }

  open(settings: LaneSettings, keepsLines: boolean): Lane {
    const { filename, heapLimitMB } = this.#options;
    const flags = [
      ...process.execArgv,
      ...LANE_EXEC_ARGV,
      `--max-old-space-size=${Math.round(heapLimitMB)}`,
      ...(keepsLines ? [KEEPS_LINES] : []),
    ];
    const program = join(dirname(filename), "laneProcess.js");
    // In the engine's process group: whoever ends that, ends it.
    const own = { ...settings, ownUrl: pathToFileURL(program).href };
    const child = spawn(process.execPath, [...flags, program, JSON.stringify(own)], {
      stdio: ["ignore", "inherit", "inherit", "overlapped"],
      windowsHide: true,
    });
    const lane = new ProcessLane(child, this.#options);
    this.#lanes.push(lane);
    return lane;
  }

  async close(lane: Lane): Promise<void> {
    const index = this.#lanes.findIndex((one) => one === lane);
    const [found] = index < 0 ? [] : this.#lanes.splice(index, 1);
    await found?.end();
  }

  whereTheyAre(waitMs: number): Promise<StuckFrame[][]> {
    return Promise.all(this.#lanes.map((lane) => lane.where(waitMs)));
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.end()));
  }
}
