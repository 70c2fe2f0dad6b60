import type { Milliseconds } from "../../../core/units.ts";
import { openSync, readSync } from "../../ownFiles.ts";

/** Three numbers of twenty digits at the most. */
const LONGEST = 64;

/** How long this thread was ready to run and something else ran, as Linux counts it: a look costs two microseconds. */
export class RunQueue {
  readonly #buffer = Buffer.alloc(LONGEST);
  /** Open for as long as the thread lives; null where there is no such file. */
  readonly #file = openHere();
  #since: number | null = null;
  #queuedMs: Milliseconds = 0;

  /** Since the thread began; null where that can't be told. */
  get waited(): Milliseconds | null {
    return this.#look();
  }

  /** Of a job. */
  begin(): void {
    this.#since = this.#look();
  }

  end(): void {
    const now = this.#look();
    if (now !== null && this.#since !== null) this.#queuedMs += now - this.#since;
    this.#since = null;
  }

  /** In jobs, since it was last taken; null where that can't be told. */
  take(): Milliseconds | null {
    const taken = this.#queuedMs;
    this.#queuedMs = 0;
    return this.#file === null ? null : taken;
  }

  #look(): Milliseconds | null {
    if (this.#file === null) return null;
    const length = readSync(this.#file, this.#buffer, 0, LONGEST, 0);
    return queuedMs(this.#buffer.toString("latin1", 0, length));
  }
}

function openHere(): number | null {
  try {
    return openSync("/proc/thread-self/schedstat", "r");
  } catch {
    return null;
  }
}

/** @param text of `/proc/PID/schedstat`: time on a core, time waiting for one, turns; in ns */
export const queuedMs = (text: string): Milliseconds => Number(text.split(" ")[1] ?? 0) / 1e6;
