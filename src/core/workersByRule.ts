/** How many threads suit the hardware: logical − 2 above 4 cores, else all but one, and at least one. */
export function workersByRule(logicalCores: number): number {
  return logicalCores > 4 ? logicalCores - 2 : Math.max(1, logicalCores - 1);
}
