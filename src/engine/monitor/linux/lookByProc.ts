import { readdirSync } from "node:fs";
import { readFileSync } from "../../ownFiles.ts";
import type { LookAtMachine } from "../machineLook.ts";
import { machineTimes, pageBytes, quotaFiles, swappedPages, throttledMs } from "./procFiles.ts";
import { readProc } from "./readProc.ts";

/** Which files there are is looked for once. */
export function lookByProc(): LookAtMachine {
  const page = pageBytes(readFileSync("/proc/self/auxv"));
  const quotas = quotaFiles(readProc("/proc/self/cgroup") ?? "").filter((path) => quotaOf(path) !== null);
  const heats = heatFiles();
  return (ownMs) => {
    const pages = swappedPages(readProc("/proc/vmstat") ?? "");
    return {
      atMs: performance.now(),
      ...machineTimes(readProc("/proc/stat") ?? ""),
      quotaMs: quotas.length === 0 ? null : quotas.map((path) => quotaOf(path) ?? 0),
      heatMs: heats.length === 0 ? null : heats.map((path) => Number(readProc(path) ?? 0)),
      swapped: pages === null ? null : pages * page,
      ownMs,
    };
  };
}

const CORES = "/sys/devices/system/cpu";

const quotaOf = (path: string): number | null => throttledMs(readProc(path) ?? "");

/** How long each core was too hot, in ms; not told by every processor. */
function heatFiles(): string[] {
  try {
    const cores = readdirSync(CORES).filter((name) => /^cpu\d+$/.test(name));
    const files = cores.map((core) => `${CORES}/${core}/thermal_throttle/core_throttle_total_time_ms`);
    return files.filter((path) => readProc(path) !== null);
  } catch {
    return [];
  }
}
