import type { Channel } from "../../protocol/channel.ts";
import type { ProcessUsage } from "../monitor/usage.ts";
import type { SourceService } from "../modules/sourceService.ts";
import type { Board } from "../worker/lane/board.ts";
import type {
  JobResult,
  LaneHost,
  LaneHostMethods,
  LaneMethods,
  LaneTask,
} from "../worker/lane/laneProtocol.ts";
import type { JobParts } from "./jobParts.ts";
import type { StuckFrame } from "./stuck.ts";

/** The engine's side of a lane. */
export interface Lane {
  readonly channel: Channel<LaneMethods>;
  /** As the worker writes it; of one in another process a copy. */
  readonly board: Int32Array;
  /** Of the job that it is at. */
  readonly parts: JobParts;
  /** Sets a word that the worker looks at between blocks, however busy it is. */
  raise(word: typeof Board.cancel | typeof Board.sample): void;
}

/** What a lane is made from, besides its ports. */
export type LaneSettings = Omit<LaneTask, "port" | "sources" | "board" | "answered">;

/** What every lane of a run is given. */
export interface LaneHomeOptions {
  /** The worker's bundle; beside it lie the bundles of a lane in a process of its own. */
  readonly filename: string;
  readonly maxLanes: number;
  readonly heapLimitMB: number;
  readonly service: SourceService;
  readonly host: LaneHost;
}

/** What the engine offers to one lane. */
export const hostOf = (host: LaneHost, parts: JobParts): LaneHostMethods => ({
  ...host,
  part: (part: JobResult) => {
    parts.add(part);
  },
});

/** Where lanes live: threads of this process, or processes of their own. */
export interface LaneHome {
  /** @param keepsLines V8 doesn't lose lines while it inlines; for the sampler */
  open(settings: LaneSettings, keepsLines: boolean): Lane;
  /** Ends one of them, whatever it does. */
  close(lane: Lane): Promise<void>;
  /** Those that are processes of their own. */
  readonly processes: readonly ProcessUsage[];
  /** The stacks of those that are busy, innermost frame first. */
  whereTheyAre(waitMs: number): Promise<StuckFrame[][]>;
  /** Ends all of them, whatever they do. */
  destroy(): Promise<void>;
}

/**
 * V8's middle compiler forgets the lines of what it inlines, so the sampler gets a lane where it doesn't. Durations come
 * from the other ones, where everything is as in the author's own runtime.
 */
export const KEEPS_LINES = "--no-maglev-inlining";
