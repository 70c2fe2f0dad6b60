import { Failure } from "../failure.ts";
import type { ProcessUsage } from "../monitor/usage.ts";
import { Board } from "../worker/lane/board.ts";
import type { Lane, LaneHome, LaneHomeOptions, LaneSettings } from "./lane.ts";
import { ProcessLanes } from "./processLanes.ts";
import type { StuckFrame } from "./stuck.ts";
import { ThreadLanes } from "./threadLanes.ts";

/** The lanes of one run: made for it, destroyed after it. */
export class LanePool {
  readonly #options: LaneHomeOptions;
  readonly #lanes: Lane[] = [];
  #home: LaneHome;
  #cancelled = false;
  #failure: Error | undefined;

  constructor(options: LaneHomeOptions, isolation: "thread" | "process") {
    this.#options = options;
    this.#home = isolation === "process" ? new ProcessLanes(options) : new ThreadLanes(options);
  }

  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  /** Lanes that are processes of their own. */
  get processes(): readonly ProcessUsage[] {
    return this.#home.processes;
  }

  open(settings: LaneSettings, keepsLines = false): Lane {
    const lane = this.#home.open(settings, keepsLines);
    this.#lanes.push(lane);
    if (this.#cancelled) lane.raise(Board.cancel);
    if (this.#failure) lane.channel.close(this.#failure);
    return lane;
  }

  /** Ends one of them and frees what it holds, while the others go on. */
  async close(lane: Lane): Promise<void> {
    this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    lane.channel.close(new Failure("engine", "The lane is closed."));
    await this.#home.close(lane);
  }

  /** All lanes are given up; those that are opened from now on live in processes of their own. */
  async moveToProcesses(): Promise<void> {
    await this.destroy();
    this.#lanes.length = 0;
    this.#home = new ProcessLanes(this.#options);
  }

  /** Every lane ends after its block. */
  cancel(): void {
    this.#cancelled = true;
    for (const lane of this.#lanes) lane.raise(Board.cancel);
  }

  /** This pass takes long: every lane turns its sampler on after its block. */
  sampleFromNow(): void {
    for (const lane of this.#lanes) lane.raise(Board.sample);
  }

  /** Every lane gives up what it can, after its job. */
  cleanUp(): void {
    for (const { channel } of this.#lanes) channel.tell("cleanUp", null);
  }

  /** Nothing is measured on those that are open any more. */
  rest(): void {
    for (const { channel } of this.#lanes) channel.tell("rest", null);
  }

  whereTheyAre(waitMs: number): Promise<StuckFrame[][]> {
    return this.#home.whereTheyAre(waitMs);
  }

  /** Every open call is rejected with the reason; after a cancel those of lanes that are opened later, too. */
  fail(reason: Error): void {
    if (this.#cancelled) this.#failure ??= reason;
    this.#closeAll(reason);
  }

  #closeAll(reason: Error): void {
    for (const { channel } of this.#lanes) channel.close(reason);
  }

  /** Ends the workers, whatever they do. */
  async destroy(): Promise<void> {
    this.#closeAll(new Failure("engine", "The run is over."));
    await this.#home.destroy();
  }
}
