import { formatCount, formatFigure, formatPosition, plural } from "../format.ts";
import type { Emission, Json, Run } from "./run.ts";

/** What a stage emitted under one name, to be read at a glance. */
export interface ResultRow {
  readonly stage: string;
  readonly name: string;
  /** To be joined with commas: `mean 0.004951`, `deviation 0.009873`. */
  readonly parts: readonly string[];
}

/** A longer list is told by how many it holds. */
const SHORT_LIST = 4;

/** By stage in the pipeline's order, and by name in the order in which they were first emitted. */
export function resultRows({ results, stages }: Pick<Run, "results" | "stages">): ResultRow[] {
  const emitted = new Map<string, Map<string, Emission[]>>(stages.map(({ name }) => [name, new Map()]));
  for (const emission of results) {
    const ofStage = emitted.get(emission.stage) ?? new Map<string, Emission[]>();
    const ofName = ofStage.get(emission.name) ?? [];
    emitted.set(emission.stage, ofStage.set(emission.name, ofName));
    ofName.push(emission);
  }
  return [...emitted].flatMap(([stage, names]) =>
    [...names].map(([name, emissions]) => ({ stage, name, parts: partsOf(emissions) })),
  );
}

function partsOf(emissions: readonly Emission[]): string[] {
  const [first] = emissions;
  const last = emissions.at(-1);
  if (!first || !last) return [];
  if (emissions.length === 1) return wordsOf(first.value);
  const times = `${formatCount(emissions.length)} times from ${formatPosition(first.time)} to ${formatPosition(last.time)}`;
  const range = rangeOf(emissions.map(({ value }) => value));
  return range === null ? [times] : [times, range];
}

/** Of numbers: from the lowest to the highest. */
function rangeOf(values: readonly Json[]): string | null {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    if (typeof value !== "number") return null;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return lowest < highest
    ? `${formatFigure(lowest)} to ${formatFigure(highest)}`
    : `each ${formatFigure(lowest)}`;
}

function wordsOf(value: Json): string[] {
  if (isScalar(value)) return [scalarWords(value)];
  if (isList(value)) return listWords(value);
  return Object.entries(value).map(([key, one]) => `${key} ${nestedWords(one)}`);
}

function listWords(list: readonly Json[]): string[] {
  if (list.length > 0 && list.length <= SHORT_LIST && list.every(isScalar)) return list.map(scalarWords);
  const isNumbers = list.length > 0 && list.every((one) => typeof one === "number");
  return [plural(list.length, isNumbers ? "number" : "value")];
}

const nestedWords = (value: Json): string =>
  isScalar(value)
    ? scalarWords(value)
    : isList(value)
      ? listWords(value).join(" ")
      : plural(Object.keys(value).length, "value");

function scalarWords(value: Scalar): string {
  if (value === null) return "none";
  if (typeof value === "number") return formatFigure(value);
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}

type Scalar = number | string | boolean | null;

const isScalar = (value: Json): value is Scalar => typeof value !== "object" || value === null;
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
