import { readdirSync } from "node:fs";
import { readProc } from "./readProc.ts";

/** All that a process started, and what those started: their numbers. */
export class Descendants {
  readonly #root: number;
  #lastStarted = "";
  #found: readonly number[] = [];

  constructor(root: number) {
    this.#root = root;
  }

  /** Looked for anew only where anything was started on this machine since the last time. */
  look(): readonly number[] {
    const lastStarted = readProc("/proc/loadavg")?.trim().split(" ").at(-1) ?? "";
    if (lastStarted !== this.#lastStarted || lastStarted === "") this.#found = below(this.#root);
    this.#lastStarted = lastStarted;
    return this.#found;
  }
}

function below(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...below(child)]);
}

/** Each thread has its own. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      (readProc(`/proc/${pid}/task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
