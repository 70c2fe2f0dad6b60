import type { Frames, Milliseconds, Seconds } from "../core/units.ts";

/** What a run measures besides the time of its stages. */
export interface MeasureSettings {
  /** Lines, from the sampler. */
  readonly sampling: boolean;
  /** Between two looks of the sampler; 1 ms at least where a timed pass is sampled itself. */
  readonly intervalMs: Milliseconds;
  /** cpu: a stage's work · wall: with its waiting for promises. */
  readonly clock: "cpu" | "wall";
  /** What stages take of the heap and beside it. */
  readonly memory: boolean;
  /** Between two looks at the processes' memory, time and disk. */
  readonly memoryIntervalMs: Milliseconds;
  /** Processes that stages start count, too. */
  readonly childProcesses: boolean;
  readonly collections: boolean;
  /** Files and network calls. */
  readonly io: boolean;
  /** How often lines and loops ran, in a pass of its own. */
  readonly counts: boolean;
  /** Why blocks are slow, in a pass of its own where some are. */
  readonly causes: boolean;
  /** So much silence after the recording. */
  readonly silentTailSeconds: Seconds;
  /** Block sizes to measure besides the pipeline's own. */
  readonly blockSizes: readonly Frames[];
  /** How often a run that was disturbed measures again, at most. */
  readonly repeats: number;
  /** The stage after which the heap is looked into; null: none. */
  readonly heapAfter: string | null;
}

/** The snapshot in the engine's work folder, for whoever keeps it. */
export const HEAP_SNAPSHOT = "stage.heapsnapshot";
