import type { Outlines, SampledFrames, SampledTicks } from "../../src/core/callTree/frames.ts";
import type { TickNode } from "../../src/core/callTree/ticksTree.ts";
import type { CallTreeFunction } from "../../src/core/run/run.ts";
import { outlineOf } from "../../src/engine/modules/outline.ts";
import { plainSource } from "../../src/engine/modules/sourceText.ts";

/** The outlines of files, given as texts by their names. */
export function outlinesOf(files: Readonly<Record<string, string>>): Outlines {
  return new Map(
    Object.entries(files).map(([file, text]) => [file, outlineOf(plainSource(file, text, "module").program)]),
  );
}

/**
 * A sampled tree drawn as indented text, two spaces a level:
 *
 *     stage N
 *     FUNCTION FILE:LINE         (no FILE: the runtime's own; `anonymous`: without a name; `wasm:NAME`: WebAssembly)
 *     FILE:LINE TICKS            (ticks of the frame above; `?` for the place: none is known)
 */
export function sampledFrames(text: string): SampledFrames {
  const parent: number[] = [];
  const stage: number[] = [];
  const frame: (CallTreeFunction | null)[] = [];
  const ticks: SampledTicks[] = [];
  const path: number[] = [];
  for (const row of text.split("\n").filter((one) => one.trim() !== "")) {
    const depth = (row.length - row.trimStart().length) / 2;
    const [first = "", second = ""] = row.trim().split(" ");
    const above = path[depth - 1] ?? -1;
    if (/^[\d.]+$/.test(second) && first !== "stage") {
      const known = first !== "?";
      ticks.push({
        node: above,
        file: known ? placeOf(first).file : null,
        line: known ? placeOf(first).line : 0,
        ticks: Number(second),
      });
      continue;
    }
    path[depth] = parent.length;
    parent.push(above);
    stage.push(first === "stage" ? Number(second) : (stage[above] ?? -1));
    frame.push(first === "stage" ? null : functionOf(first, second));
  }
  return { parent, stage, frame, ticks };
}

/** The tree in the same form; `*` marks functions that V8 had inlined. */
export function drawTickNodes(roots: readonly TickNode[]): string {
  const rows: string[] = [];
  const draw = (node: TickNode, depth: number): void => {
    const indent = "  ".repeat(depth);
    const { frame } = node;
    const place = frame && frame.file !== "" ? ` ${frame.file}:${frame.line}` : "";
    const name = frame && (frame.name === "" ? "anonymous" : frame.name);
    rows.push(`${indent}${name === null ? `stage ${node.stage}` : name + place}${node.inlined ? " *" : ""}`);
    for (const [line, count] of [...node.ticks].sort(([a], [b]) => a - b))
      rows.push(`${indent}  ${line === 0 ? "?" : `:${line}`} ${Number(count.toFixed(6))}`);
    for (const child of node.children) draw(child, depth + 1);
  };
  for (const root of roots) draw(root, 0);
  return rows.join("\n");
}

/** The lines of a drawing, without the indentation that the code around it has. */
export function drawing(text: string): string {
  const rows = text.split("\n").filter((row) => row.trim() !== "");
  const indent = Math.min(...rows.map((row) => row.length - row.trimStart().length));
  return rows.map((row) => row.slice(indent)).join("\n");
}

function functionOf(name: string, place: string): CallTreeFunction {
  const { file, line } = place === "" ? { file: "", line: 0 } : placeOf(place);
  if (name.startsWith("wasm:")) return { name: name.slice("wasm:".length), file, line, kind: "wasm" };
  return { name: name === "anonymous" ? "" : name, file, line, kind: kindOf(name, file) };
}

function placeOf(place: string): { file: string; line: number } {
  const [file = "", line = "0"] = place.split(":");
  return { file, line: Number(line) };
}

function kindOf(name: string, file: string): CallTreeFunction["kind"] {
  if (name === "collector") return "collector";
  if (file === "") return "runtime";
  return file.startsWith("node_modules/") ? "package" : "source";
}
