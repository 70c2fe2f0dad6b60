import { closeSync, openSync, readSync } from "node:fs";
import type { Milliseconds } from "../../../core/units.ts";

/** For each thread: ns at work, ns ready to run but waiting for a core, turns. Only Linux has it. */
const SCHEDSTAT = "/proc/thread-self/schedstat";

/** How long this thread has waited for a core. One look takes about 2 µs. */
export class RunQueue {
  readonly #file: number;
  readonly #bytes = Buffer.alloc(64);

  private constructor(file: number) {
    this.#file = file;
  }

  /** Null where the system doesn't tell. */
  static open(): RunQueue | null {
    try {
      return new RunQueue(openSync(SCHEDSTAT, "r"));
    } catch {
      return null;
    }
  }

  /** Since the thread began. */
  get waited(): Milliseconds {
    const length = readSync(this.#file, this.#bytes, 0, this.#bytes.length, 0);
    return Number(this.#bytes.toString("latin1", 0, length).split(" ")[1] ?? 0) / 1e6;
  }

  close(): void {
    closeSync(this.#file);
  }
}
