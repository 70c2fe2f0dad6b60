import { readFileSync } from "../../ownFiles.ts";
import { Growth } from "../growth.ts";
import type { Usage, UsageOptions, UsageReader } from "../usage.ts";
import { Descendants } from "./descendants.ts";
import { pageBytes, processDisk, processStat } from "./procFiles.ts";
import { readProc } from "./readProc.ts";

/** In which getrusage(2) counts. */
const DISK_BLOCK_BYTES = 512;

/** By `/proc`, which costs some ten microseconds for each process besides the engine. */
export class LinuxUsage implements UsageReader {
  readonly #options: UsageOptions;
  readonly #descendants = new Descendants(process.pid);
  readonly #pageBytes = pageBytes(readFileSync("/proc/self/auxv"));
  readonly #cpu = new Growth();
  readonly #read = new Growth();
  readonly #written = new Growth();

  constructor(options: UsageOptions) {
    this.#options = options;
  }

  look(): Usage {
    const lanes = this.#options.lanes();
    const others = this.#options.countsChildren() ? this.#descendants.look() : lanes.map(({ pid }) => pid);
    const { userCPUTime, systemCPUTime, fsRead, fsWrite } = process.resourceUsage();
    const cpu = new Map([["engine", (userCPUTime + systemCPUTime) / 1000]]);
    const read = new Map([["engine", fsRead * DISK_BLOCK_BYTES]]);
    const written = new Map([["engine", fsWrite * DISK_BLOCK_BYTES]]);
    let resident = process.memoryUsage.rss();
    let children = 0;
    for (const pid of others) {
      const text = readProc(`/proc/${pid}/stat`);
      if (text === null) continue;
      const { startedAt, cpuMs, residentPages } = processStat(text);
      const disk = processDisk(readProc(`/proc/${pid}/io`) ?? "");
      const key = `${pid} ${startedAt}`;
      cpu.set(key, cpuMs);
      read.set(key, disk.readBytes);
      written.set(key, disk.writtenBytes);
      const bytes = residentPages * this.#pageBytes;
      if (lanes.some((lane) => lane.pid === pid)) resident += bytes;
      else children += bytes;
    }
    this.#cpu.add(cpu);
    this.#read.add(read);
    this.#written.add(written);
    return {
      cpuMs: this.#cpu.total,
      resident,
      children,
      readBytes: this.#read.total,
      writtenBytes: this.#written.total,
    };
  }

  stop(): void {
    // Nothing is under way between two looks.
  }
}
