import pidusage from "pidusage";
import type { Milliseconds } from "../../core/units.ts";
import { Growth } from "./growth.ts";
import type { ProcessUsage, Usage, UsageOptions, UsageReader } from "./usage.ts";

/** Each look at another process starts one: on Windows that costs half a second of work. */
const CHILDREN_EVERY_MS: Milliseconds = process.platform === "win32" ? 5000 : 1000;

export interface OtherUsageOptions extends UsageOptions {
  /** Processes that stages started and that may still be there. */
  readonly started: () => readonly number[];
}

/** Where there is no `/proc`: the engine by itself, its lanes as they tell, what stages start now and then. */
export class OtherUsage implements UsageReader {
  readonly #options: OtherUsageOptions;
  readonly #cpu = new Growth();
  #children: readonly ProcessUsage[] = [];
  #askedAt = -Infinity;

  constructor(options: OtherUsageOptions) {
    this.#options = options;
  }

  look(): Usage {
    this.#askForChildren();
    const lanes = this.#options.lanes();
    const { user, system } = process.cpuUsage();
    this.#cpu.add(
      new Map([
        ["engine", (user + system) / 1000],
        ...[...lanes, ...this.#children].map(({ pid, cpuMs }) => [String(pid), cpuMs] as const),
      ]),
    );
    return {
      cpuMs: this.#cpu.total,
      resident: process.memoryUsage.rss() + residentOf(lanes),
      children: residentOf(this.#children),
      // Systems other than Linux count operations, not bytes.
      readBytes: "unknown",
      writtenBytes: "unknown",
    };
  }

  stop(): void {
    pidusage.clear();
  }

  #askForChildren(): void {
    const pids = this.#options.countsChildren() ? [...this.#options.started()] : [];
    if (pids.length === 0) this.#children = [];
    if (pids.length === 0 || performance.now() < this.#askedAt + CHILDREN_EVERY_MS) return;
    this.#askedAt = performance.now();
    const found = Promise.all(pids.map((pid) => pidusage(pid).catch(() => null)));
    void found.then((all) => {
      this.#children = all.flatMap((one) =>
        one ? [{ pid: one.pid, resident: one.memory, cpuMs: one.ctime }] : [],
      );
    });
  }
}

const residentOf = (processes: readonly ProcessUsage[]): number =>
  processes.reduce((sum, { resident }) => sum + resident, 0);
