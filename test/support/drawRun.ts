import type { CallTree, CallTreeFunction, FunctionKind, LineFigures, Scope } from "../../src/core/run/run.ts";

/**
 * A call tree drawn as indented text, two spaces a level:
 *
 *     stage    NAME FILE:LINE SCOPE
 *     function NAME FILE:LINE [SELF ms]      (no FILE: the runtime's own)
 *     line     :LINE SELF ms [+CALLED ms]
 */
export interface DrawnTree {
  readonly callTree: CallTree;
  readonly stages: readonly DrawnStage[];
  /** Without load, error and ticks, which a tree doesn't hold. */
  readonly lines: readonly Pick<LineFigures, "file" | "line" | "stage" | "selfMs" | "totalMs">[];
}

export interface DrawnStage {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly scope: Scope;
  readonly selfMs: number;
}

interface Columns {
  kind: (0 | 1 | 2)[];
  parent: number[];
  stage: number[];
  function: number[];
  line: number[];
  selfMs: number[];
  functions: CallTreeFunction[];
}

interface Row {
  readonly depth: number;
  readonly words: readonly string[];
}

export function drawTree(text: string): DrawnTree {
  const columns: Columns = {
    kind: [],
    parent: [],
    stage: [],
    function: [],
    line: [],
    selfMs: [],
    functions: [],
  };
  const stages: (DrawnStage & { selfMs: number })[] = [];
  const lines = new Map<
    string,
    { file: string; line: number; stage: string; selfMs: number; totalMs: number }
  >();
  const path: number[] = [];

  for (const { depth, words } of rowsOf(text)) {
    const node = columns.kind.length;
    path[depth] = node;
    columns.parent.push(depth === 0 ? -1 : path[depth - 1]!);
    if (depth === 0) {
      const [name = "", place = "", scope = "stream"] = words;
      stages.push({ name, ...placeOf(place), scope: scope as Scope, selfMs: 0 });
      push(columns, 0, -1, 0, 0, stages.length - 1);
      continue;
    }
    const stage = stages.at(-1)!;
    const first = words[0]!;
    if (first.startsWith(":")) {
      const owner = columns.function[path[depth - 1]!]!;
      const { file } = columns.functions[owner]!;
      const line = Number(first.slice(1));
      const selfMs = Number(words[1]);
      const called = Number((words[2] ?? "+0").slice(1));
      push(columns, 2, owner, line, selfMs, stages.length - 1);
      stage.selfMs += selfMs;
      const key = `${stage.name} ${file}:${line}`;
      const known = lines.get(key) ?? { file, line, stage: stage.name, selfMs: 0, totalMs: 0 };
      known.selfMs += selfMs;
      known.totalMs += selfMs + called;
      lines.set(key, known);
    } else {
      const selfMs = /^[\d.]+$/.test(words.at(-1)!) ? Number(words.at(-1)) : 0;
      push(columns, 1, functionOf(columns, words), 0, selfMs, stages.length - 1);
      stage.selfMs += selfMs;
    }
  }
  return {
    callTree: columns,
    stages,
    lines: [...lines.values()].sort((a, b) => b.selfMs - a.selfMs),
  };
}

function rowsOf(text: string): Row[] {
  return text
    .split("\n")
    .filter((row) => row.trim() !== "")
    .map((row) => ({
      depth: (row.length - row.trimStart().length) / 2,
      words: row.trim().split(/\s+/),
    }));
}

function push(
  columns: Columns,
  kind: 0 | 1 | 2,
  func: number,
  line: number,
  selfMs: number,
  stage: number,
): void {
  columns.kind.push(kind);
  columns.function.push(func);
  columns.line.push(line);
  columns.selfMs.push(selfMs);
  columns.stage.push(stage);
}

function placeOf(place: string): { file: string; line: number } {
  const colon = place.lastIndexOf(":");
  return { file: place.slice(0, colon), line: Number(place.slice(colon + 1)) };
}

function functionOf(columns: Columns, words: readonly string[]): number {
  const name = words[0]!.replaceAll("_", " ");
  const place = words.find((word) => /.:\d+$/.test(word));
  const { file, line } = place ? placeOf(place) : { file: "", line: 0 };
  const known = columns.functions.findIndex((other) => other.name === name && other.file === file);
  if (known >= 0) return known;
  return columns.functions.push({ name, file, line, kind: kindOf(name, file) }) - 1;
}

function kindOf(name: string, file: string): FunctionKind {
  if (name === "(garbage collector)") return "collector";
  if (name.startsWith("wasm-function")) return "wasm";
  if (file === "") return "runtime";
  return file.includes("node_modules/") ? "package" : "source";
}
