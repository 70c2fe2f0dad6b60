import type { JobResult, StageSpans } from "../worker/lane/laneProtocol.ts";

/** What a lane has told of the job that it is at. */
export class JobParts {
  #parts: JobResult[] = [];

  add(part: JobResult): void {
    this.#parts.push(part);
  }

  /** @param end what the lane answered: what came after the last part */
  whole(end: JobResult): JobResult {
    return joined([...this.#taken(), end]) ?? end;
  }

  /** Of a job that has no end; null where nothing was told. */
  cutOff(): JobResult | null {
    return joined(this.#taken());
  }

  #taken(): JobResult[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }
}

function joined(parts: readonly JobResult[]): JobResult | null {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || first === last) return first ?? null;
  const stages = [...new Set(parts.flatMap(({ spans }) => spans.map(({ stage }) => stage)))];
  const sum = (of: (part: JobResult) => number): number => parts.reduce((all, part) => all + of(part), 0);
  return {
    ...last,
    spans: stages.map((stage) =>
      joinedSpans(
        stage,
        parts.flatMap(({ spans }) => spans.filter((one) => one.stage === stage)),
      ),
    ),
    blockMs: concatenated(parts.map(({ blockMs }) => blockMs)),
    blockStarts: concatenated(parts.map(({ blockStarts }) => blockStarts)),
    notNumbers: sum(({ notNumbers }) => notNumbers),
    emissions: parts.flatMap(({ emissions }) => emissions),
    collections: parts.flatMap(({ collections }) => collections),
    sampled: parts.flatMap(({ sampled }) => sampled),
    memory: parts.flatMap(({ memory }) => memory),
    looks: parts.flatMap(({ looks }) => looks),
    lookedMs: {
      memory: sum(({ lookedMs }) => lookedMs.memory),
      blocks: sum(({ lookedMs }) => lookedMs.blocks),
      collections: sum(({ lookedMs }) => lookedMs.collections),
    },
    clock: { ...last.clock, began: first.clock.began },
  };
}

function joinedSpans(stage: number, parts: readonly StageSpans[]): StageSpans {
  const waited = parts.some(({ waits }) => waits !== null);
  return {
    stage,
    starts: concatenated(parts.map(({ starts }) => starts)),
    ends: concatenated(parts.map(({ ends }) => ends)),
    waits: waited
      ? concatenated(parts.map(({ waits, starts }) => waits ?? new Float64Array(starts.length)))
      : null,
    createMs: parts.reduce((sum, { createMs }) => sum + createMs, 0),
    finishes: parts.reduce((sum, { finishes }) => sum + finishes, 0),
  };
}

function concatenated(parts: readonly Float64Array<ArrayBuffer>[]): Float64Array<ArrayBuffer> {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
