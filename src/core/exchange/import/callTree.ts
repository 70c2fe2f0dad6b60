import type { CallTree, CallTreeFunction } from "../../run/run.ts";
import type { FrameTable } from "./frameTable.ts";
import type { ForeignThread } from "./readProfile.ts";
import type { StackTree } from "./stackTree.ts";

const STAGE = 0;
const FUNCTION = 1;
const LINE = 2;

/** The stacks of all threads as a run's call tree: lines of one function below one function. */
export function callTreeOf(threads: readonly ForeignThread[], frames: FrameTable, perMs: number): CallTree {
  const columns = new Columns(frames.functions);
  threads.forEach(({ tree }, stage) => addThread(columns, tree, stage, frames, perMs));
  return columns;
}

function addThread(
  columns: Columns,
  tree: StackTree,
  stage: number,
  frames: FrameTable,
  perMs: number,
): void {
  const totals = tree.totals();
  const places = new Int32Array(tree.size);
  places[0] = columns.add(STAGE, -1, stage, -1, 0, (tree.self[0] ?? 0) / perMs);
  for (let node = 1; node < tree.size; node++) {
    // Nothing to see in a function that took no time.
    if ((totals[node] ?? 0) <= 0) continue;
    const frame = tree.frame[node] ?? 0;
    const of = frames.functionOf(frame);
    const line = frames.linesAreAtWork ? frames.lineOf(frame) : 0;
    const place = columns.find(FUNCTION, places[tree.parent[node] ?? 0] ?? 0, stage, of, 0);
    places[node] = place;
    const selfMs = (tree.self[node] ?? 0) / perMs;
    if (selfMs > 0) columns.addTime(line > 0 ? columns.find(LINE, place, stage, of, line) : place, selfMs);
  }
  tree.placed.node.forEach((node, index) => {
    const place = places[node] ?? 0;
    const of = columns.function[place] ?? -1;
    const at = columns.find(LINE, place, stage, of, tree.placed.line[index] ?? 0);
    columns.addTime(at, (tree.placed.weight[index] ?? 0) / perMs);
  });
}

/** Of a call tree while it grows. */
class Columns implements CallTree {
  readonly kind: (0 | 1 | 2)[] = [];
  readonly parent: number[] = [];
  readonly stage: number[] = [];
  readonly function: number[] = [];
  readonly line: number[] = [];
  readonly selfMs: number[] = [];
  readonly functions: readonly CallTreeFunction[];
  readonly #known = new Map<string, number>();

  constructor(functions: readonly CallTreeFunction[]) {
    this.functions = functions;
  }

  add(kind: 0 | 1 | 2, parent: number, stage: number, of: number, line: number, selfMs: number): number {
    this.kind.push(kind);
    this.parent.push(parent);
    this.stage.push(stage);
    this.function.push(of);
    this.line.push(line);
    this.selfMs.push(selfMs);
    return this.kind.length - 1;
  }

  /** The one below the parent, made where there is none. */
  find(kind: 1 | 2, parent: number, stage: number, of: number, line: number): number {
    const key = `${parent} ${kind} ${of} ${line}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = this.add(kind, parent, stage, of, line, 0);
    this.#known.set(key, node);
    return node;
  }

  addTime(node: number, ms: number): void {
    this.selfMs[node] = (this.selfMs[node] ?? 0) + ms;
  }
}
