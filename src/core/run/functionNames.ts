import type { Run } from "./run.ts";

/**
 * What each of the call tree's functions is called where a person reads it. The function that a stage returns for its
 * blocks seldom has a name: it takes its stage's.
 */
export function functionNames({ callTree, stages }: Run): string[] {
  const names = callTree.functions.map(({ name }) => name);
  callTree.parent.forEach((parent, node) => {
    const func = callTree.function[node] ?? -1;
    if (callTree.kind[parent] !== 0 || names[func] !== "") return;
    const stage = stages[callTree.stage[node] ?? -1];
    if (stage) names[func] = `${stage.name}, ${stage.scope === "file" ? "once" : "each block"}`;
  });
  return names.map((name) => (name === "" ? "(anonymous)" : name));
}
