import { FileLog } from "./fileLog.ts";
import type { LaneIo } from "./laneIo.ts";
import { NetworkLog } from "./networkLog.ts";
import { watchFiles } from "./watchFiles.ts";

/** What the pipeline of this thread does with files and the network. */
export class IoWatch {
  readonly #files: FileLog;
  readonly #network: NetworkLog;

  /** @param board says which stage is at work */
  constructor(board: Int32Array) {
    this.#files = new FileLog(board);
    this.#network = new NetworkLog(board);
  }

  /** For as long as the thread lives. */
  begin(): void {
    watchFiles(this.#files);
    this.#network.watch();
  }

  /** Only what begins while it is on counts. */
  turn(isOn: boolean): void {
    this.#files.isOn = isOn;
    this.#network.isOn = isOn;
  }

  /** What the work does isn't the pipeline's. */
  aside<T>(work: () => T): T {
    const release = this.#files.setAside();
    try {
      return work();
    } finally {
      release();
    }
  }

  /** All since it was last taken. */
  take(): LaneIo {
    return { ...this.#files.take(), network: this.#network.take() };
  }
}
