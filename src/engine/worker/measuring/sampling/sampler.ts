import { console as inspectorConsole, Session, type Profiler } from "node:inspector";
import { now, systemTimeUs } from "../clock.ts";
import { ask } from "../inspector.ts";
import type { Microseconds } from "../../../../core/units.ts";
import type { StageWaits, TickTree } from "../../lane/laneProtocol.ts";
import { SpanTimeline } from "../../../sampling/spanTimeline.ts";
import { tickTreeOf } from "../../../sampling/tickTree.ts";
import { waitsOf } from "../../../sampling/waits.ts";

const LOOK = "waveflame look";
/** Between two takes, 14 bytes each: from then on it is time to take. */
const MANY_SPANS = 2 ** 16;

/** What was sampled since the last time. */
export interface SamplerTicks {
  readonly tree: TickTree;
  readonly waits: readonly StageWaits[];
}

/**
 * V8's sampling profiler of this thread, switched on and off between blocks. Once for a pass: V8 doesn't tell a profile
 * that is started again about code that it replaced in the middle of a loop before, and the ticks of that code are lost.
 * Where one profile begins before the other ends nothing is lost, so that a pass may be taken part by part.
 */
export class Sampler {
  readonly #session = new Session();
  readonly #ownUrl: string;
  #spans = new SpanTimeline();
  #intervalUs: Microseconds | null = null;
  /** Number of the profile under way. */
  #profile = 0;
  #isLooking = false;
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
    this.#offsetUs = systemTimeUs() - now() * 1000;
    this.#post("Profiler.setSamplingInterval", { interval: intervalUs });
    inspectorConsole.profile(this.#title);
  }

  get #title(): string {
    return `waveflame ${this.#profile}`;
  }

  /** So many stage calls wait for their samples that they shall be taken. */
  get isFull(): boolean {
    return this.#spans.length >= MANY_SPANS && !this.#isLooking;
  }

  /** Each stage call under the sampler, so that samples without a stage's frame find theirs by time. */
  span(stage: number, start: number, end: number, awaited: boolean): void {
    if (this.#intervalUs !== null) this.#spans.push(stage, start, end, awaited);
  }

  /** Between `start` and `stop`: from here to `endLook` the ticks are told before the end, too. */
  beginLook(): void {
    this.#isLooking = true;
    inspectorConsole.profile(LOOK);
  }

  endLook(): TickTree {
    this.#isLooking = false;
    return this.#treeOf(this.#ended(LOOK));
  }

  /** Since the last time, or since it was started; between blocks, as no call may be under way. */
  take(): SamplerTicks {
    const title = this.#title;
    this.#profile += 1;
    inspectorConsole.profile(this.#title);
    return this.#ticksOf(title);
  }

  stop(): SamplerTicks {
    const found = this.#ticksOf(this.#title);
    this.#intervalUs = null;
    return found;
  }

  #ticksOf(title: string): SamplerTicks {
    const profile = this.#ended(title);
    const spans = this.#spans;
    this.#spans = new SpanTimeline();
    return {
      tree: tickTreeOf(profile, spans, this.#offsetUs, this.#ownUrl),
      waits: waitsOf(profile, spans, this.#offsetUs),
    };
  }

  #treeOf(profile: Profiler.Profile): TickTree {
    return tickTreeOf(profile, this.#spans, this.#offsetUs, this.#ownUrl);
  }

  #ended(title: string): Profiler.Profile {
    let ended: Profiler.Profile | undefined;
    this.#session.once("Profiler.consoleProfileFinished", ({ params }) => {
      ended = params.profile;
    });
    inspectorConsole.profileEnd(title);
    if (!ended) throw new Error(`The inspector gave no profile of "${title}".`);
    return ended;
  }

  #post(method: string, params?: object): unknown {
    return ask(this.#session, method, params);
  }
}
