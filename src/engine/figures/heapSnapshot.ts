import type { HeapFacts, HeapType } from "../../core/run/measured/heap.ts";
import type { Bytes } from "../../core/units.ts";

/**
 * What V8 writes: nodes and edges as rows in one long list each, described by `meta`. Read here, because the package that
 * does it (memlab) brings a browser and a command line along.
 */
export interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

const MOST_TYPES = 20;
/** Of a path of who holds whom the innermost, which is where an author recognises things. */
const LONGEST_PATH = 8;

interface Type {
  readonly name: string;
  count: number;
  bytes: Bytes;
  largest: number;
  largestBytes: Bytes;
}

/** By type, the largest first, and who holds the largest object of each. @param stage after which it was taken */
export function heapFactsOf(heap: HeapSnapshot, stage: string): HeapFacts {
  const graph = graphOf(heap);
  const types = new Map<string, Type>();
  let bytes = 0;
  for (let node = 0; node < graph.count; node++) {
    const size = graph.size(node);
    bytes += size;
    const name = graph.typeName(node);
    const type = types.get(name) ?? { name, count: 0, bytes: 0, largest: node, largestBytes: -1 };
    types.set(name, type);
    type.count += 1;
    type.bytes += size;
    if (size > type.largestBytes) [type.largest, type.largestBytes] = [node, size];
  }
  const holders = holdersOf(graph);
  return {
    stage,
    objects: graph.count,
    bytes,
    types: [...types.values()]
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, MOST_TYPES)
      .map(({ name, count, bytes: all, largest }): HeapType => ({
        name,
        count,
        bytes: all,
        heldBy: pathTo(graph, holders, largest),
      })),
  };
}

interface Graph {
  readonly count: number;
  size(node: number): Bytes;
  typeName(node: number): string;
  nodeName(node: number): string;
  /** The rows of `edges` that begin at the node. */
  edges(node: number): readonly [from: number, to: number];
  isWeak(edge: number): boolean;
  target(edge: number): number;
  edgeName(edge: number): string;
}

function graphOf({ snapshot: { meta }, nodes, edges, strings }: HeapSnapshot): Graph {
  const width = meta.node_fields.length;
  const edgeWidth = meta.edge_fields.length;
  const field = (fields: readonly string[], name: string): number => fields.indexOf(name);
  const [type, name, size, edgeCount] = [
    field(meta.node_fields, "type"),
    field(meta.node_fields, "name"),
    field(meta.node_fields, "self_size"),
    field(meta.node_fields, "edge_count"),
  ];
  const [edgeType, edgeName, toNode] = [
    field(meta.edge_fields, "type"),
    field(meta.edge_fields, "name_or_index"),
    field(meta.edge_fields, "to_node"),
  ];
  const count = nodes.length / width;
  const firstEdge = new Uint32Array(count + 1);
  for (let node = 0; node < count; node++)
    firstEdge[node + 1] = (firstEdge[node] ?? 0) + (nodes[node * width + edgeCount] ?? 0);
  const typeOf = (node: number): string => meta.node_types[0][nodes[node * width + type] ?? 0] ?? "";
  const kindOf = (edge: number): string => meta.edge_types[0][edges[edge * edgeWidth + edgeType] ?? 0] ?? "";
  const nodeName = (node: number): string => strings[nodes[node * width + name] ?? 0] ?? "";
  return {
    count,
    nodeName,
    size: (node) => nodes[node * width + size] ?? 0,
    typeName: (node) => {
      const kind = typeOf(node);
      return kind === "object" || kind === "native"
        ? nodeName(node) || "(object)"
        : `(${WORDS.get(kind) ?? kind})`;
    },
    edges: (node) => [firstEdge[node] ?? 0, firstEdge[node + 1] ?? 0],
    isWeak: (edge) => kindOf(edge) === "weak",
    target: (edge) => (edges[edge * edgeWidth + toNode] ?? 0) / width,
    edgeName: (edge) => {
      const nameOrIndex = edges[edge * edgeWidth + edgeName] ?? 0;
      const kind = kindOf(edge);
      return kind === "element" || kind === "hidden" ? `[${nameOrIndex}]` : (strings[nameOrIndex] ?? "");
    },
  };
}

/** What V8's short words mean. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["code", "compiled code"],
  ["hidden", "system"],
  ["object shape", "object shapes"],
  ["concatenated string", "string"],
  ["sliced string", "string"],
]);

/** For each node the edge by which it is reached first from the roots, and from where. Breadth first, so paths are shortest. */
function holdersOf(graph: Graph): { readonly from: Int32Array; readonly by: Int32Array } {
  const from = new Int32Array(graph.count).fill(-1);
  const by = new Int32Array(graph.count).fill(-1);
  const queue = new Uint32Array(graph.count);
  let [next, end] = [0, 1];
  from[0] = 0;
  while (next < end) {
    const node = queue[next] ?? 0;
    next += 1;
    const [first, last] = graph.edges(node);
    for (let edge = first; edge < last; edge++) {
      const target = graph.target(edge);
      if (graph.isWeak(edge) || from[target] !== -1) continue;
      from[target] = node;
      by[target] = edge;
      queue[end] = target;
      end += 1;
    }
  }
  return { from, by };
}

function pathTo(graph: Graph, holders: ReturnType<typeof holdersOf>, node: number): string[] {
  const path: string[] = [];
  for (let at = node; at > 0 && (holders.by[at] ?? -1) >= 0; at = holders.from[at] ?? 0) {
    const holder = holders.from[at] ?? 0;
    const name = graph.edgeName(holders.by[at] ?? 0);
    const holderName = graph.nodeName(holder) || graph.typeName(holder);
    // The names of V8's roots say nothing to an author.
    if (holder === 0 || holderName.startsWith("(")) break;
    path.unshift(`${holderName}.${name}`.replace(".[", "["));
  }
  return path.slice(-LONGEST_PATH);
}
