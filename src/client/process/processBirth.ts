import { readFileSync, readlinkSync } from "node:fs";

/**
 * What tells a process from all others that had or will have its number, as one word; null where the system doesn't say.
 * On Linux: the space of process numbers (containers have their own), and when it started, in ticks since the machine did.
 */
export function birthOf(pid: number): string | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name, which may hold spaces and brackets; the 22nd is the start.
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return started === undefined ? null : `${numberSpace()}_${started}`;
  } catch {
    return null;
  }
}

/**
 * Whether the process lives that had this number and birth. In doubt it does: in another container's space, or where
 * another process may have the number by now and the system tells no births.
 */
export function isAlive(pid: number, birth: string): boolean {
  const isTold = process.platform === "linux" && birth.includes("_");
  if (isTold && !birth.startsWith(`${numberSpace()}_`)) return true;
  const now = isTold ? birthOf(pid) : null;
  return now === null ? isNumberTaken(pid) : now === birth;
}

function isNumberTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process refuses, and lives.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** `pid:[4026531836]` */
const numberSpace = (): string => /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
