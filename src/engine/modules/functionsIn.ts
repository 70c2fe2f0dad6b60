import type { Node, Program } from "acorn";
import { ancestor } from "acorn-walk";

export interface FoundFunction {
  readonly node: Node;
  /** From the program down to the function itself. */
  readonly ancestors: readonly Node[];
}

/** Every function of a text, from the outside in: the order by which outlines number them. */
export function functionsIn(program: Program): FoundFunction[] {
  const met: FoundFunction[] = [];
  ancestor(program, {
    Function(node: Node, _: unknown, ancestors: Node[]) {
      met.push({ node, ancestors: [...ancestors] });
    },
  });
  return met.sort((a, b) => a.node.start - b.node.start);
}
