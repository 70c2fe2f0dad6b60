import { readFile } from "node:fs/promises";
import pidusage from "pidusage";
import type { Bytes, Milliseconds } from "../../core/units.ts";

/** Elsewhere than on Linux each look starts a process of its own, which on Windows costs half a second of work. */
export const LOOK_EVERY_MS: Milliseconds =
  process.platform === "linux" ? 100 : process.platform === "win32" ? 2000 : 500;

/** Looks at a process from outside, and tells what it holds. Returns what ends it. */
export function watchMemory(pid: number, onLook: (held: Bytes) => void): () => void {
  let ended = false;
  let timer: NodeJS.Timeout;
  const look = async (): Promise<void> => {
    const held = await residentMemory(pid);
    if (ended) return;
    onLook(held);
    wait();
  };
  const wait = (): void => {
    timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  wait();
  return () => {
    ended = true;
    clearTimeout(timer);
    if (process.platform !== "linux") pidusage.clear();
  };
}

/** 0 where it can't be told: the process is about to end, or the system refuses. */
async function residentMemory(pid: number): Promise<number> {
  try {
    if (process.platform !== "linux") return (await pidusage(pid)).memory;
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
