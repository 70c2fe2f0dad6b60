import {
  Function,
  Label,
  Line,
  Location,
  Mapping,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from "pprof-format";
import type { Run } from "../../run/run.ts";
import { stacksOf, wholeStacks, type StackNode } from "./stacks.ts";
import { unitOf } from "./units.ts";

const MAPPING = 1;
const PER_MS = 1e6;

/** Strings, functions and places by number, as the format keeps them. */
class Tables {
  readonly strings = new StringTable();
  readonly functions: Function[] = [];
  readonly locations: Location[] = [];
  readonly #functionIds = new Map<string, number>();
  readonly #locationIds = new Map<string, number>();

  /** @param begin where the function begins, 0 where unknown */
  location(name: string, file: string, begin: number, line: number): number {
    const key = JSON.stringify([name, file, begin, line]);
    const known = this.#locationIds.get(key);
    if (known !== undefined) return known;
    const id = this.locations.length + 1;
    const functionId = this.#function(name, file, begin);
    this.locations.push(new Location({ id, mappingId: MAPPING, line: [new Line({ functionId, line })] }));
    this.#locationIds.set(key, id);
    return id;
  }

  #function(name: string, file: string, begin: number): number {
    const key = JSON.stringify([name, file, begin]);
    const known = this.#functionIds.get(key);
    if (known !== undefined) return known;
    const id = this.functions.length + 1;
    const text = this.strings.dedup(name);
    this.functions.push(
      new Function({
        id,
        name: text,
        systemName: text,
        filename: this.strings.dedup(file),
        startLine: begin,
      }),
    );
    this.#functionIds.set(key, id);
    return id;
  }
}

/**
 * The profile.proto message of pprof, not packed: its tools want it with gzip. Stages are roots and labels; a caller's line is
 * where it begins, the last one the line at work. What functions allocated comes as two more kinds of values.
 */
export function toPprof(run: Run): Uint8Array {
  const tables = new Tables();
  const { strings } = tables;
  const allocators = run.stageMemory?.functions ?? [];
  const kinds = [
    ...(allocators.length > 0 ? [["alloc_space", "bytes"] as const, ["inuse_space", "bytes"] as const] : []),
    // Viewers show the last one first.
    valueOf(run),
  ];
  const noMemory = kinds.slice(1).map(() => 0);
  const label = (stage: string): Label =>
    new Label({ key: strings.dedup("stage"), str: strings.dedup(stage) });
  const samples = wholeStacks(stacksOf(run)).map(({ stack, selfMs }) => {
    const value = Math.round(selfMs * (unitOf(run) === "time" ? PER_MS : 1));
    const locationId = locationsOf(stack, tables).reverse();
    return new Sample({
      locationId,
      value: [...noMemory, value],
      label: [label(stack[0]?.stage.name ?? "")],
    });
  });
  for (const { name, file, line, stage, bytes, heldBytes } of allocators) {
    const locationId = [tables.location(name === "" ? "(anonymous)" : name, file, line, line)];
    if (stage !== null) locationId.push(tables.location(stage, "", 0, 0));
    samples.push(
      new Sample({ locationId, value: [bytes, heldBytes, 0], label: stage === null ? [] : [label(stage)] }),
    );
  }
  return new Profile({
    sampleType: kinds.map(
      ([type, unit]) => new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) }),
    ),
    sample: samples,
    mapping: [
      new Mapping({
        id: MAPPING,
        filename: strings.dedup(run.pipeline.name),
        hasFunctions: true,
        hasFilenames: true,
        hasLineNumbers: true,
      }),
    ],
    location: tables.locations,
    function: tables.functions,
    stringTable: strings,
    timeNanos: BigInt(Date.parse(run.time)) * 1_000_000n,
    durationNanos: Math.round(run.totals.wallMs * PER_MS),
    defaultSampleType: strings.dedup(valueOf(run)[0]),
  }).encode();
}

const VALUES = {
  time: ["time", "nanoseconds"],
  samples: ["samples", "count"],
  bytes: ["space", "bytes"],
} as const;
const valueOf = (run: Run): readonly [string, string] => VALUES[unitOf(run)];

/** Outermost first; a function's line stands for the function itself. */
function locationsOf(stack: readonly StackNode[], tables: Tables): number[] {
  return stack.flatMap(({ kind, name, file, line, function: func }, at) =>
    kind === "function" && stack[at + 1]?.kind === "line"
      ? []
      : [tables.location(name, file, func?.line ?? line, line)],
  );
}
