import type { Emitted, Json, Value } from "../../../library/pipeline.ts";
import { emissionSize, MOST_EMITTED } from "./emissionSize.ts";
import type { LaneEmission } from "../lane/laneProtocol.ts";

/** Deeper ones are most likely circular. */
const DEEPEST = 64;

/** What the stages of a lane emitted in this pass, by stage and name. */
export class Emissions {
  readonly #byStage: Map<string, Emitted[]>[] = [];
  /** In the order in which they came; handed over with each job. */
  #fresh: LaneEmission[] = [];
  /** Of what is kept for `results`, in characters of a saved run. */
  #kept = 0;

  /** Keeps a copy: the author may write into the same array again. @throws TypeError for what a run can't hold */
  add(stage: number, name: string, value: Value, time: number): void {
    const kept: Json | Float32Array =
      value instanceof Float32Array ? value.slice() : plainCopy(value, name, 0);
    this.#keep(stage, { name, value: kept, time });
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
    this.#kept = 0;
    for (const { stage, ...emitted } of given) this.#keep(stage, emitted);
  }

  /** No more than a run can hold: an hour of spectra would fill the memory. */
  #keep(stage: number, emitted: Emitted): void {
    this.#kept += emissionSize(emitted.value);
    if (this.#kept <= MOST_EMITTED) this.#list(stage, emitted.name).push(emitted);
  }

  #list(stage: number, name: string): Emitted[] {
    for (let added = this.#byStage.length; added <= stage; added++) this.#byStage.push(new Map());
    const names = this.#byStage[stage] ?? new Map<string, Emitted[]>();
    const list = names.get(name) ?? [];
    names.set(name, list);
    return list;
  }
}

/** JSON's kinds of values, copied; `NaN` and what JSON has no word for inside them become null when the run is written. */
function plainCopy(value: unknown, name: string, depth: number): Json {
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return value;
  if (value === undefined) return null;
  if (depth > DEEPEST) throw new TypeError(`emit("${name}") was given a value that holds itself`);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as Float64Array, (one) => plainCopy(one, name, depth + 1));
  if (Array.isArray(value)) return value.map((one) => plainCopy(one, name, depth + 1));
  if (isPlain(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, plainCopy(one, name, depth + 1)]),
    );
  throw new TypeError(
    `emit("${name}") was given ${kindOf(value)}, which a run can't hold: give numbers, texts, truth values, Float32Arrays, or arrays and objects of them`,
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

const kindOf = (value: unknown): string =>
  typeof value === "object" ? `a ${value?.constructor.name ?? "object"}` : `a ${typeof value}`;
