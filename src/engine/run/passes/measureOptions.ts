import type { ProfileRequest } from "../../../protocol/engine.ts";
import type { AudioSource } from "../../audio/audioSource.ts";
import type { ReadAhead } from "../../memory/readAhead.ts";
import type { MachineLook } from "../../monitor/machineLook.ts";
import type { SourceTable } from "../../modules/sourceTable.ts";
import type { LaneSettings } from "../../pool/lane.ts";
import type { LanePool } from "../../pool/lanePool.ts";
import type { RenderedAudio } from "../../pool/renderedAudio.ts";
import type { Watch } from "../../pool/watch.ts";
import type { LoadedPipeline } from "../../worker/lane/laneProtocol.ts";
import type { LoadedLane } from "../session.ts";

/** What the passes of a run are given. */
export interface MeasureOptions {
  readonly request: ProfileRequest;
  readonly source: AudioSource;
  readonly pipeline: LoadedPipeline;
  readonly pool: LanePool;
  readonly watch: Watch;
  readonly rendered: RenderedAudio | null;
  readonly readAhead: ReadAhead;
  readonly logicalCores: number;
  /** For what is written beside the run. */
  readonly workFolder: string;
  readonly table: SourceTable;
  lookAtMachine(this: void): MachineLook;
  /** @param keepsLines for the sampler @param change of the lane's settings */
  openLane(this: void, keepsLines?: boolean, change?: Partial<LaneSettings>): Promise<LoadedLane>;
  /** A sentence. */
  explain(this: void, error: unknown): string;
  isCancelled(this: void): boolean;
}

/** What the passes share. */
export interface PassOptions extends MeasureOptions {
  /** Whether it ended a worker, after which no pass begins any more. */
  isDeath(this: void, error: unknown): boolean;
}

/** A pass that a cancel cut off, or the death of its worker, gives nothing, and takes nothing from the others. */
export async function keptWhenEnded<T>(
  { isCancelled, isDeath }: Pick<PassOptions, "isCancelled" | "isDeath">,
  pass: Promise<T>,
): Promise<T | null> {
  try {
    return await pass;
  } catch (error) {
    if (isCancelled() || isDeath(error)) return null;
    throw error;
  }
}
