import { splitLines } from "../../core/lines/lineTracking.ts";
import type { Run } from "../../core/run/run.ts";

const LINE_NODE = 2;

/** The trimmed text of every line that the run names, by `FILE:LINE`; the page has no other way to the sources. */
export function measuredCode(
  run: Run,
  sources: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const texts = new Map([...sources].map(([file, text]) => [file, splitLines(text)]));
  const code: Record<string, string> = {};
  const add = (file: string, line: number): void => {
    const text = texts.get(file)?.[line - 1]?.trim();
    if (text) code[`${file}:${line}`] = text;
  };
  for (const { file, line } of run.lines) add(file, line);
  const tree = run.callTree;
  tree.kind.forEach((kind, node) => {
    const owner = tree.functions[tree.function[node] ?? -1];
    if (kind === LINE_NODE && owner) add(owner.file, tree.line[node] ?? 0);
  });
  return code;
}
