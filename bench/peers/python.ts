import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

/** One core, as the stages have it. */
const ONE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  NUMBA_NUM_THREADS: "1",
};

/** A Python with the packages, or null: Debian's own before whatever the PATH has. */
export function pythonWith(packages: readonly string[]): string | null {
  const imports = `import ${packages.join(", ")}`;
  const candidates = ["/usr/bin/python3", "python3", "python"];
  return candidates.find((python) => spawnSync(python, ["-c", imports]).status === 0) ?? null;
}

/** Runs a peer of this folder on one thread; its compiled loops are kept in `cache`. */
export function runPeer(python: string, script: string, cache: string, args: readonly string[]): void {
  execFileSync(python, [join(import.meta.dirname, script), ...args], {
    env: { ...process.env, ...ONE_THREAD, NUMBA_CACHE_DIR: cache, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
