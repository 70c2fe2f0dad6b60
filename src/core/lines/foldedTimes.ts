import type { FoldedTime } from "../run/run.ts";

/** Whose a function is that has no source in the workspace: a package's name, or the runtime's. */
export function ownerOf({ file, kind }: FoldedTime): string {
  if (kind === "wasm") return "WebAssembly";
  if (kind === "runtime" || kind === "collector") return "Node";
  const [, name] = /^.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return name ?? "waveflame";
}

/** Of several stages, each function once; the longest first. */
export function mergedFolded(parts: readonly FoldedTime[]): FoldedTime[] {
  const byFunction = new Map<string, FoldedTime>();
  for (const part of parts) {
    const key = JSON.stringify([part.name, part.file, part.kind]);
    const ms = (byFunction.get(key)?.ms ?? 0) + part.ms;
    byFunction.set(key, { ...part, ms });
  }
  return [...byFunction.values()].sort((a, b) => b.ms - a.ms);
}
