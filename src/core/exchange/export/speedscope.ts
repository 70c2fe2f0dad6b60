import { baseName } from "../../names/paths.ts";
import type { Run } from "../../run/run.ts";
import { stacksOf, walkStacks, type StackNode } from "./stacks.ts";
import { unitOf } from "./units.ts";

const SCHEMA = "https://www.speedscope.app/file-format-schema.json";

interface SpeedscopeFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

type ValueUnit = "nanoseconds" | "milliseconds" | "bytes" | "none";

interface EventedProfile {
  readonly type: "evented";
  readonly name: string;
  readonly unit: ValueUnit;
  readonly startValue: number;
  readonly endValue: number;
  readonly events: readonly { readonly type: "O" | "C"; readonly frame: number; readonly at: number }[];
}

interface SampledProfile {
  readonly type: "sampled";
  readonly name: string;
  readonly unit: ValueUnit;
  readonly startValue: number;
  readonly endValue: number;
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** What the profiles share. */
class Frames {
  readonly all: SpeedscopeFrame[] = [];
  readonly #known = new Map<string, number>();

  at(frame: SpeedscopeFrame): number {
    const key = JSON.stringify(frame);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.all.length);
    return this.all.push(frame) - 1;
  }
}

/**
 * speedscope's own format. The first profile holds all stages as roots, because speedscope doesn't merge profiles; a
 * source line is a frame of its own below its function, named `biquad.ts:31`. Opened and closed one after the other, so
 * that a deep stack is written once. What stages allocated, and what they did with files, stands beside it.
 */
export function toSpeedscope(run: Run): string {
  const frames = new Frames();
  const profiles = [callsOf(run, frames), ...allocationsOf(run, frames), ...filesOf(run, frames)];
  return JSON.stringify({
    $schema: SCHEMA,
    shared: { frames: frames.all },
    profiles,
    name: run.pipeline.name,
    activeProfileIndex: 0,
    exporter: `waveflame@${run.waveflame}`,
  });
}

function callsOf(run: Run, frames: Frames): EventedProfile {
  const isTime = unitOf(run) === "time";
  const perMs = isTime ? 1e6 : 1;
  const rounded = (value: number): number => (isTime ? Math.round(value) : value);
  const nodes = stacksOf(run);
  const events: EventedProfile["events"][number][] = [];
  let now = 0;
  walkStacks(
    nodes,
    (index) => events.push({ type: "O", frame: frames.at(frameOf(nodes[index])), at: rounded(now) }),
    (index) => {
      now += (nodes[index]?.selfMs ?? 0) * perMs;
      events.push({ type: "C", frame: frames.at(frameOf(nodes[index])), at: rounded(now) });
    },
  );
  const unit = unitOf(run) === "bytes" ? "bytes" : isTime ? "nanoseconds" : "none";
  return { type: "evented", name: "All stages", unit, startValue: 0, endValue: rounded(now), events };
}

function frameOf(node: StackNode | undefined): SpeedscopeFrame {
  const { kind = "stage", name = "", file = "", line = 0 } = node ?? {};
  const shown = kind === "line" ? `${baseName(file)}:${line}` : name;
  return { name: shown, ...(file === "" ? {} : { file }), ...(file === "" || line === 0 ? {} : { line }) };
}

function allocationsOf({ stageMemory }: Run, frames: Frames): SampledProfile[] {
  const functions = stageMemory?.functions ?? [];
  if (functions.length === 0) return [];
  const samples = functions.map(({ stage, name, file, line }) => [
    ...(stage === null ? [] : [frames.at({ name: stage })]),
    frames.at({ name: name === "" ? "(anonymous)" : name, ...(file === "" ? {} : { file, line }) }),
  ]);
  return [
    sampled(
      "Allocated",
      "bytes",
      samples,
      functions.map(({ bytes }) => bytes),
    ),
    sampled(
      "Allocated and still held",
      "bytes",
      samples,
      functions.map(({ heldBytes }) => heldBytes),
    ),
  ];
}

function filesOf({ io }: Run, frames: Frames): SampledProfile[] {
  const files = io?.files ?? [];
  if (files.length === 0) return [];
  const samples = files.map(({ stage, path }) => [
    frames.at({ name: stage === "" ? "loading" : stage }),
    frames.at({ name: path, file: path }),
  ]);
  return [
    sampled(
      "Files: time",
      "milliseconds",
      samples,
      files.map(({ ms }) => ms),
    ),
    sampled(
      "Files: read and written",
      "bytes",
      samples,
      files.map(({ bytesRead, bytesWritten }) => bytesRead + bytesWritten),
    ),
  ];
}

function sampled(
  name: string,
  unit: ValueUnit,
  samples: readonly (readonly number[])[],
  weights: readonly number[],
): SampledProfile {
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  return { type: "sampled", name, unit, startValue: 0, endValue, samples, weights };
}
