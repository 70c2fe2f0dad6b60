import { cpus } from "node:os";
import { lookByProc } from "./linux/lookByProc.ts";
import type { LookAtMachine } from "./machineLook.ts";

/** What every system tells: how busy its cores were. */
const lookByOs: LookAtMachine = (ownMs) => {
  const times = cpus().map((core) => core.times);
  return {
    atMs: performance.now(),
    busyMs: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0),
    idleMs: times.reduce((sum, { idle }) => sum + idle, 0),
    diskWaitMs: null,
    stolenMs: null,
    quotaMs: null,
    heatMs: null,
    swapped: null,
    ownMs,
  };
};

/** A look at the machine, which takes less than a millisecond. */
export const lookAtMachine = (): LookAtMachine => (process.platform === "linux" ? lookByProc() : lookByOs);
