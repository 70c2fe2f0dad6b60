import type { Emitted, Value } from "../../library/pipeline.ts";
import type { LaneEmission } from "./laneProtocol.ts";

/** What the stages of a lane emitted in this pass, by stage and name. */
export class Emissions {
  readonly #byStage: Map<string, Emitted[]>[] = [];
  /** In the order in which they came; handed over with each job. */
  #fresh: LaneEmission[] = [];

  add(stage: number, name: string, value: Value, time: number): void {
    // The author may write into the same array again.
    const kept = value instanceof Float32Array ? value.slice() : value;
    this.#list(stage, name).push({ name, value: kept, time });
    this.#fresh.push({ stage, name, time, value: kept });
  }

  /** What stages before this one emitted under the name, in order of time. */
  before(stage: number, name: string): Emitted[] {
    const lists = this.#byStage.slice(0, stage).flatMap((names) => names.get(name) ?? []);
    return lists.sort((a, b) => a.time - b.time);
  }

  takeFresh(): LaneEmission[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  /** Forgets everything, and takes over what another pass or lane emitted. */
  reset(given: readonly LaneEmission[] = []): void {
    this.#byStage.length = 0;
    this.#fresh = [];
    for (const { stage, name, value, time } of given)
      this.#list(stage, name).push({ name, value: value, time });
  }

  #list(stage: number, name: string): Emitted[] {
    for (let added = this.#byStage.length; added <= stage; added++) this.#byStage.push(new Map());
    const names = this.#byStage[stage] ?? new Map<string, Emitted[]>();
    const list = names.get(name) ?? [];
    names.set(name, list);
    return list;
  }
}
