import { console as inspectorConsole, Session, type Profiler } from "node:inspector";
import { now } from "./clock.ts";
import { ask } from "./inspector.ts";
import type { Microseconds } from "../../../core/units.ts";
import type { StageWaits, TickTree } from "../lane/laneProtocol.ts";
import { SpanTimeline } from "../../sampling/spanTimeline.ts";
import { tickTreeOf } from "../../sampling/tickTree.ts";
import { waitsOf } from "../../sampling/waits.ts";

const LOOK = "waveflame look";

/**
 * V8's sampling profiler of this thread, switched on and off between blocks. Once for a pass: V8 doesn't tell a profile
 * that is started again about code that it replaced in the middle of a loop before, and the ticks of that code are lost.
 */
export class Sampler {
  readonly #session = new Session();
  readonly #ownUrl: string;
  #spans = new SpanTimeline();
  #intervalUs: Microseconds | null = null;
  /** What adds up to V8's clock when added to ours, in µs. */
  #offsetUs = 0;

  /** @param ownUrl of the profiler's code in this thread */
  constructor(ownUrl: string) {
    this.#ownUrl = ownUrl;
    this.#session.connect();
    this.#post("Profiler.enable");
  }

  get running(): boolean {
    return this.#intervalUs !== null;
  }

  start(intervalUs: Microseconds): void {
    this.#intervalUs = intervalUs;
    this.#spans = new SpanTimeline();
    this.#offsetUs = Number(process.hrtime.bigint()) / 1000 - now() * 1000;
    this.#post("Profiler.setSamplingInterval", { interval: intervalUs });
    this.#post("Profiler.start");
  }

  /** Each stage call under the sampler, so that samples without a stage's frame find theirs by time. */
  span(stage: number, start: number, end: number, awaited: boolean): void {
    if (this.#intervalUs !== null) this.#spans.push(stage, start, end, awaited);
  }

  /** Between `start` and `stop`: from here to `endLook` the ticks are told before the end, too. */
  beginLook(): void {
    inspectorConsole.profile(LOOK);
  }

  endLook(): TickTree {
    let looked: Profiler.Profile | undefined;
    this.#session.once("Profiler.consoleProfileFinished", ({ params }) => {
      looked = params.profile;
    });
    inspectorConsole.profileEnd(LOOK);
    if (!looked) throw new Error("The inspector gave no profile of the first look.");
    return this.#treeOf(looked);
  }

  stop(): { readonly tree: TickTree; readonly waits: readonly StageWaits[] } {
    const profile = this.#stopped();
    const found = {
      tree: this.#treeOf(profile),
      waits: waitsOf(profile, this.#spans, this.#offsetUs),
    };
    this.#intervalUs = null;
    this.#spans = new SpanTimeline();
    return found;
  }

  #treeOf(profile: Profiler.Profile): TickTree {
    return tickTreeOf(profile, this.#spans, this.#offsetUs, this.#ownUrl);
  }

  #stopped(): Profiler.Profile {
    const { profile } = this.#post("Profiler.stop") as { profile: Profiler.Profile };
    return profile;
  }

  #post(method: string, params?: object): unknown {
    return ask(this.#session, method, params);
  }
}
