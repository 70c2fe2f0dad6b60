import type { Run } from "../../run/run.ts";
import { stacksOf, wholeStacks, type StackNode } from "./stacks.ts";
import { unitOf } from "./units.ts";

/**
 * Collapsed stacks for flamegraph.pl, inferno and the like: `stage;caller (file:line);callee (file:line) N`, N in
 * microseconds. The last line is the one at work, those of callers are where they begin.
 */
export function toCollapsed(run: Run): string {
  const perMs = unitOf(run) === "time" ? 1000 : 1;
  const counts = new Map<string, number>();
  for (const { stack, selfMs } of wholeStacks(stacksOf(run))) {
    const text = stack
      .filter((node, at) => node.kind !== "function" || stack[at + 1]?.kind !== "line")
      .map(frameText)
      .join(";");
    counts.set(text, (counts.get(text) ?? 0) + selfMs * perMs);
  }
  return [...counts]
    .map(([stack, count]) => [stack, Math.round(count)] as const)
    .filter(([, count]) => count > 0)
    .map(([stack, count]) => `${stack} ${count}\n`)
    .join("");
}

function frameText({ kind, name, file, line }: StackNode): string {
  const place = kind === "stage" || file === "" ? "" : line > 0 ? ` (${file}:${line})` : ` (${file})`;
  // These end a frame and a line.
  return `${name}${place}`.replaceAll(";", ":").replace(/\s+/g, " ");
}
