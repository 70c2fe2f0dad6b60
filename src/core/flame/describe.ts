import { baseName } from "../names/paths.ts";
import type { CallTreeFunction, FunctionKind, Run } from "../run/run.ts";
import { at } from "./boxes.ts";
import type { FlameBoxes } from "./boxes.ts";

/** What a box stands for, in words and places. */
export interface BoxMeaning {
  readonly kind: "run" | "stage" | "function" | "line";
  /** `Voice master`, `equaliser`, `biquad`, `biquad.ts:31`. */
  readonly name: string;
  /** Index into the run's stages; −1 for the whole run. */
  readonly stage: number;
  /** Null where there is no source to open. */
  readonly place: { readonly file: string; readonly line: number } | null;
  readonly functionKind: FunctionKind | null;
}

/** @param names of the call tree's functions */
export function meaningOf(run: Run, names: readonly string[], boxes: FlameBoxes, box: number): BoxMeaning {
  const node = boxes.node[box] ?? -1;
  if (node < 0) {
    const place = run.imported ? null : { file: run.pipeline.file, line: 1 };
    return { kind: "run", name: run.pipeline.name, stage: -1, place, functionKind: null };
  }
  const { callTree } = run;
  const stage = at(callTree.stage, node);
  const figures = run.stages[stage];
  if (callTree.kind[node] === 0) {
    const place = figures && figures.file !== "" ? { file: figures.file, line: figures.line } : null;
    return { kind: "stage", name: figures?.name ?? "unknown", stage, place, functionKind: null };
  }
  const index = callTree.function[node] ?? -1;
  const func = callTree.functions[index];
  const functionKind = func?.kind ?? null;
  if (callTree.kind[node] === 2) {
    const line = at(callTree.line, node);
    const place = func?.file ? { file: func.file, line } : null;
    return {
      kind: "line",
      name: func?.file ? `${baseName(func.file)}:${line}` : `line ${line}`,
      stage,
      place,
      functionKind,
    };
  }
  return { kind: "function", name: names[index] ?? "(anonymous)", stage, place: placeOf(func), functionKind };
}

/** Where a function can be opened: packages too, the runtime's own not. */
function placeOf(func: CallTreeFunction | undefined): { file: string; line: number } | null {
  return func?.file ? { file: func.file, line: Math.max(1, func.line) } : null;
}

/** What a function without a source is. */
export function withoutSource(kind: FunctionKind | null): string {
  if (kind === "collector") return "collecting memory";
  if (kind === "profiler") return "Waveflame's emit and results";
  if (kind === "package") return "Waveflame's library";
  return kind === "wasm" ? "WebAssembly" : "the runtime's own code";
}
