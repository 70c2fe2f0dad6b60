import type { FileAccess, IoFacts, NetworkAccess } from "../../core/run/measured/io.ts";
import type { LaneIo } from "../worker/io/laneIo.ts";

/** The most files of a run. */
const MOST_FILES = 100;

/** How a run names what lanes know by number and path. */
export interface IoNames {
  readonly pathInRun: (path: string) => string;
  /** Undefined outside of stages. */
  readonly stageName: (stage: number) => string | undefined;
}

/** What all lanes of a pass did with files and the network, one entry per stage, file and mode, and per stage and host. */
export function ioFacts(
  lanes: readonly LaneIo[],
  { pathInRun, stageName }: IoNames,
  waitShare: IoFacts["waitShare"],
): IoFacts {
  const files = new Sums<FileAccess>(["opened", "calls", "bytesRead", "bytesWritten", "ms"]);
  const network = new Sums<NetworkAccess>(["calls", "failed", "ms"]);
  for (const lane of lanes) {
    for (const file of lane.files) {
      const stage = stageName(file.stage) ?? "";
      const path = pathInRun(file.path);
      files.add(`${stage}\n${file.mode}\n${path}`, { ...file, path, stage });
    }
    for (const requests of lane.network) {
      const stage = stageName(requests.stage) ?? "";
      network.add(`${stage}\n${requests.host}`, { ...requests, stage });
    }
  }
  const all = files.costliestFirst;
  const leftOut = lanes.reduce((sum, { filesLeftOut }) => sum + filesLeftOut, 0);
  return {
    files: all.slice(0, MOST_FILES),
    filesLeftOut: Math.max(0, all.length - MOST_FILES) + leftOut,
    network: network.costliestFirst,
    waitShare,
  };
}

/** Entries of equal keys become one. */
class Sums<T extends { readonly ms: number }> {
  readonly #byKey = new Map<string, T>();
  readonly #counts: readonly (keyof T)[];

  constructor(counts: readonly (keyof T)[]) {
    this.#counts = counts;
  }

  add(key: string, entry: T): void {
    const known = this.#byKey.get(key);
    const sums = this.#counts.map((name) => [name, Number(known?.[name] ?? 0) + Number(entry[name])]);
    this.#byKey.set(key, { ...entry, ...(Object.fromEntries(sums) as Partial<T>) });
  }

  get costliestFirst(): T[] {
    return [...this.#byKey.values()].sort((a, b) => b.ms - a.ms);
  }
}
