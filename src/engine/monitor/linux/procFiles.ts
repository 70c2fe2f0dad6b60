import type { Bytes, Milliseconds } from "../../../core/units.ts";

/** In which `/proc` counts time: a hundredth of a second, on every machine that Node runs on (USER_HZ). */
export const TICK_MS: Milliseconds = 10;

/** A line of `/proc/PID/stat`, as far as it is looked at (proc_pid_stat(5)). */
export interface ProcessStat {
  /** Tells two processes of one number apart. */
  readonly startedAt: number;
  /** Of all its threads. */
  readonly cpuMs: Milliseconds;
  readonly residentPages: number;
}

/** @param text of `/proc/PID/stat` */
export function processStat(text: string): ProcessStat {
  // The second field is the program's name, in which anything may stand; what follows begins with the third.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  return {
    startedAt: field(22),
    cpuMs: (field(14) + field(15)) * TICK_MS,
    residentPages: field(24),
  };
}

/** What a process had of the disks themselves: what came from the page cache, a pipe or a socket isn't in it. */
export interface ProcessDisk {
  readonly readBytes: Bytes;
  readonly writtenBytes: Bytes;
}

/** @param text of `/proc/PID/io` */
export const processDisk = (text: string): ProcessDisk => ({
  readBytes: named(text, "read_bytes:") ?? 0,
  writtenBytes: named(text, "write_bytes:") ?? 0,
});

/** What all cores of the machine did since it was started. */
export interface MachineTimes {
  readonly busyMs: Milliseconds;
  readonly idleMs: Milliseconds;
  /** With nothing to do but to wait for a disk. */
  readonly diskWaitMs: Milliseconds;
  /** Ready to run while the machine around this one ran something else. */
  readonly stolenMs: Milliseconds;
}

/** @param text of `/proc/stat` */
export function machineTimes(text: string): MachineTimes {
  const [, ...counts] = (text.split("\n", 1)[0] ?? "").trim().split(/\s+/).map(Number);
  const [user = 0, nice = 0, system = 0, idle = 0, diskWait = 0, irq = 0, softIrq = 0, stolen = 0] = counts;
  return {
    busyMs: (user + nice + system + irq + softIrq) * TICK_MS,
    idleMs: idle * TICK_MS,
    diskWaitMs: diskWait * TICK_MS,
    stolenMs: stolen * TICK_MS,
  };
}

/** Pages written to and read from swap since the machine was started. @param text of `/proc/vmstat` */
export const swappedPages = (text: string): number | null => {
  const [read, written] = [named(text, "pswpin"), named(text, "pswpout")];
  return read === null || written === null ? null : read + written;
};

/** How long a control group's quota held its processes back. @param text of `cpu.stat`, of either version; null where there is no quota */
export function throttledMs(text: string): Milliseconds | null {
  const microseconds = named(text, "throttled_usec");
  if (microseconds !== null) return microseconds / 1e3;
  const nanoseconds = named(text, "throttled_time");
  return nanoseconds === null ? null : nanoseconds / 1e6;
}

/** Where the processor's quota of a process may be told, the nearest first. @param text of `/proc/self/cgroup` */
export function quotaFiles(text: string): string[] {
  const lines = text
    .trim()
    .split("\n")
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line));
  return lines.flatMap((parts) => {
    const [, controllers = "", path = "/"] = parts ?? [];
    if (controllers === "") return upwards("/sys/fs/cgroup", path);
    return controllers.split(",").includes("cpu") ? upwards(`/sys/fs/cgroup/${controllers}`, path) : [];
  });
}

/** A group is held back by the quota of each that it is in. */
function upwards(root: string, path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    [root, ...parts.slice(0, parts.length - up), "cpu.stat"].join("/"),
  );
}

/** The size of a page of memory. @param vector of `/proc/self/auxv`, as 64-bit systems write it (getauxval(3)) */
export function pageBytes(vector: Buffer): Bytes {
  const PAGE_SIZE = 6n;
  for (let at = 0; at + 16 <= vector.length; at += 16)
    if (vector.readBigUInt64LE(at) === PAGE_SIZE) return Number(vector.readBigUInt64LE(at + 8));
  return 4096;
}

/** The number after a name, of lines of names and numbers. */
function named(text: string, name: string): number | null {
  for (const line of text.split("\n")) {
    const [found, value] = line.split(/\s+/);
    if (found === name) return Number(value);
  }
  return null;
}
