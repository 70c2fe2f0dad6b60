import { join } from "node:path";

/** Where the engine's own files are. */
export interface EngineFiles {
  readonly worker: string;
  readonly library: string;
  /** For what a run keeps on disk; made when needed, removed by whoever started the engine. */
  readonly work: string;
}

/** Beside the engine's bundle. */
export const engineFiles = (folder: string, work: string): EngineFiles => ({
  work,
  worker: join(folder, "laneTask.js"),
  library: join(folder, "..", "library", "waveflame.mjs"),
});
