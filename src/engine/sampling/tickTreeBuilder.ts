import type { TickTree } from "../worker/lane/laneProtocol.ts";

interface Frame {
  readonly functionName: string;
  readonly url: string;
  /** From 0. */
  readonly lineNumber: number;
}

/** Builds a tick tree in which equal paths are one node. */
export class TickTreeBuilder {
  readonly #parent: number[] = [];
  readonly #name: string[] = [];
  readonly #url: string[] = [];
  readonly #line: number[] = [];
  readonly #stage: number[] = [];
  readonly #known = new Map<string, number>();
  readonly #ticks = new Map<number, Map<number, number>>();

  root(stage: number): number {
    return this.#node(-1, stage, "", "", 0);
  }

  child(parent: number, frame: Frame): number {
    return this.add(parent, frame.functionName, frame.url, frame.lineNumber + 1);
  }

  /** @param line from 1 */
  add(parent: number, name: string, url: string, line: number): number {
    return this.#node(parent, this.#stage[parent] ?? -1, name, url, line);
  }

  /** @param line as V8 reports it, from 1; 0 where it doesn't */
  ticks(node: number, line: number, count: number): void {
    const lines = this.#ticks.get(node) ?? new Map<number, number>();
    this.#ticks.set(node, lines.set(line, (lines.get(line) ?? 0) + count));
  }

  /** Another tree's nodes become these where their paths are equal. */
  merge(tree: TickTree): void {
    const moved: number[] = [];
    tree.parent.forEach((parent, node) => {
      moved.push(
        parent < 0
          ? this.root(tree.stage[node] ?? -1)
          : this.add(moved[parent] ?? -1, tree.name[node] ?? "", tree.url[node] ?? "", tree.line[node] ?? 0),
      );
    });
    for (const [node, line, ticks] of tree.ticks) this.ticks(moved[node] ?? -1, line, ticks);
  }

  build(): TickTree {
    return {
      parent: [...this.#parent],
      name: [...this.#name],
      url: [...this.#url],
      line: [...this.#line],
      stage: [...this.#stage],
      ticks: [...this.#ticks].flatMap(([node, lines]) =>
        [...lines].map(([line, count]) => [node, line, count] as const),
      ),
    };
  }

  #node(parent: number, stage: number, name: string, url: string, line: number): number {
    const key = `${parent}|${stage}|${line}|${url}|${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.#parent.length;
    this.#known.set(key, index);
    this.#parent.push(parent);
    this.#name.push(name);
    this.#url.push(url);
    this.#line.push(line);
    this.#stage.push(stage);
    return index;
  }
}

/** One tree of several: of repeats, of workers. */
export function mergeTickTrees(trees: readonly TickTree[]): TickTree {
  const builder = new TickTreeBuilder();
  for (const tree of trees) builder.merge(tree);
  return builder.build();
}

export const ticksOf = (tree: TickTree): number => tree.ticks.reduce((sum, [, , ticks]) => sum + ticks, 0);
