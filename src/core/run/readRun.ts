import { isFields } from "./check.ts";
import { RUN_FORMAT, RUN_VERSION, type Run } from "./run.ts";
import { runShape } from "./runShape.ts";

type Fields = Readonly<Record<string, unknown>>;

/** From a version to the next; the key is the version it starts from. */
const UPGRADERS: ReadonlyMap<number, (run: Fields) => Fields> = new Map();

/**
 * Reads a saved run of this or an older version. The file may come from anybody, so every field is looked at.
 * @throws Error with a sentence for text that isn't one, that is damaged, or that a newer Waveflame wrote.
 */
export function readRun(text: string): Run {
  const fields = parse(text);
  if (fields["format"] !== RUN_FORMAT) throw new Error("This isn't a run that Waveflame saved.");
  const version = fields["version"];
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    throw damaged("its version is missing");
  }
  if (version > RUN_VERSION) {
    throw new Error(
      `This run has format version ${version} and this Waveflame reads up to ${RUN_VERSION}: update Waveflame to read it.`,
    );
  }
  return checked(withAddedFields(upgraded(fields, version)));
}

function parse(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged("it isn't complete JSON");
  }
  if (!isFields(value)) throw new Error("This isn't a run that Waveflame saved.");
  return value;
}

function upgraded(fields: Fields, from: number): Fields {
  let current = fields;
  for (let version = from; version < RUN_VERSION; version += 1) {
    const upgrade = UPGRADERS.get(version);
    if (!upgrade) throw new Error(`Runs of format version ${version} can't be read any more: profile again.`);
    current = upgrade(current);
  }
  return current;
}

/** What later versions measure besides. */
export const NOT_LOOKED_AT = {
  measurements: null,
  counts: null,
  stageMemory: null,
  collections: null,
  io: null,
  pool: null,
  series: null,
  blockSizes: [],
  slowBlocks: null,
  disturbance: null,
  heap: null,
  imported: null,
} as const satisfies Partial<Run>;

/** Fields that came after the first runs of this version; what a run couldn't know yet has the value for nothing. */
function withAddedFields(run: Fields): Fields {
  const { stages, lines, passes, pipeline } = run;
  return {
    memory: null,
    variants: [],
    ...NOT_LOOKED_AT,
    ...run,
    pipeline: isFields(pipeline) ? { changed: null, ...pipeline } : pipeline,
    stages: each(stages, { variant: null, variants: [], latencyFrames: 0, warmUpSeconds: null }),
    passes: each(passes, { startedMs: null }),
    lines: each(lines, { folded: [] }),
  };
}

/** Entries of a list with the fields that they may lack. */
const each = (entries: unknown, added: Fields): unknown =>
  Array.isArray(entries)
    ? entries.map((entry: unknown) => (isFields(entry) ? { ...added, ...entry } : entry))
    : entries;

function checked(fields: Fields): Run {
  const flaw = runShape(fields);
  if (flaw) throw damaged(`"${flaw.path.replace(/^\./, "")}" ${flaw.what}`);
  return fields as unknown as Run;
}

const damaged = (what: string): Error => new Error(`This run is damaged (${what}): profile again.`);
