import { fileURLToPath } from "node:url";
import type { SampledFrames } from "../../../core/callTree/frames.ts";
import type { CallTreeFunction } from "../../../core/run/run.ts";
import type { SourceTable } from "../../modules/sourceTable.ts";
import { OWN_FRAME } from "../../sampling/tickTree.ts";
import type { TickTree } from "../../worker/lane/laneProtocol.ts";

/**
 * Puts files and their own line numbers in place of V8's.
 *
 * @param pathInRun how the run writes an absolute path
 * @param ownFolderUrl where the engine and the library lie
 */
export function decodeTicks(
  tree: TickTree,
  table: SourceTable,
  pathInRun: (path: string) => string,
  ownFolderUrl: string,
): SampledFrames {
  const frame = (node: number): CallTreeFunction => {
    const name = tree.name[node] ?? "";
    const url = tree.url[node] ?? "";
    const line = tree.line[node] ?? 0;
    const place = table.place(line);
    if (place) return { name, file: pathInRun(place.path), line: place.line, kind: "source" };
    if (name === "(garbage collector)") return { name, file: "", line: 0, kind: "collector" };
    if (name === OWN_FRAME.functionName) return { name, file: "", line: 0, kind: "profiler" };
    // The library, whose bundle isn't a file that anybody opens.
    if (url.startsWith(ownFolderUrl)) return { name, file: "", line: 0, kind: "package" };
    if (url.startsWith("wasm:")) return { name: wasmName(name, url), file: "", line: 0, kind: "wasm" };
    return url.startsWith("file:")
      ? { name, file: pathInRun(fileURLToPath(url)), line, kind: "package" }
      : { name, file: "", line: 0, kind: "runtime" };
  };
  return {
    parent: tree.parent,
    stage: tree.stage,
    frame: tree.parent.map((parent, node) => (parent < 0 ? null : frame(node))),
    ticks: tree.ticks.map(([node, shifted, ticks]) => {
      const place = table.place(shifted);
      return { node, file: place ? pathInRun(place.path) : null, line: place?.line ?? 0, ticks };
    }),
  };
}

/** AssemblyScript names functions after their files; where a module has no names but its own, V8 counts: `wasm-function[13]`. */
function wasmName(name: string, url: string): string {
  const [, number] = /^wasm-function\[(\d+)\]$/.exec(name) ?? [];
  const [, module] = /^wasm:\/\/wasm\/(.+)-[\da-f]+$/.exec(url) ?? [];
  if (number !== undefined && module !== undefined) return `${module} function ${number}`;
  return name.replace(/^(?:.*\/)?assembly\//, "");
}
