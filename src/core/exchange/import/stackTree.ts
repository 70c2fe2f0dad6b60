/** More frames than any file holds; a pair of a node and a frame stays an exact number. */
const MOST_FRAMES = 2 ** 26;

/**
 * The stacks of one thread, merged, in columns: node 0 is the thread itself, a node's parent comes before it. Weights
 * are in the profile's own unit.
 */
export class StackTree {
  readonly parent: number[] = [-1];
  /** Index into a {@link FrameTable}; −1 for the thread. */
  readonly frame: number[] = [-1];
  /** Without children and without what lies on known lines. */
  readonly self: number[] = [0];
  readonly ticks: number[] = [0];
  /** What lies on lines of nodes, where that is known apart from the frames. */
  readonly placed = {
    node: [] as number[],
    line: [] as number[],
    weight: [] as number[],
    ticks: [] as number[],
  };
  readonly #children = new Map<number, number>();

  get size(): number {
    return this.parent.length;
  }

  child(parent: number, frame: number): number {
    const key = parent * MOST_FRAMES + frame;
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const node = this.append(parent, frame);
    this.#children.set(key, node);
    return node;
  }

  /** A node of its own, also beside one of the same frame. */
  append(parent: number, frame: number): number {
    this.frame.push(frame);
    this.self.push(0);
    this.ticks.push(0);
    return this.parent.push(parent) - 1;
  }

  addSelf(node: number, weight: number, ticks: number): void {
    this.self[node] = (this.self[node] ?? 0) + weight;
    this.ticks[node] = (this.ticks[node] ?? 0) + ticks;
  }

  addOnLine(node: number, line: number, weight: number, ticks: number): void {
    this.placed.node.push(node);
    this.placed.line.push(line);
    this.placed.weight.push(weight);
    this.placed.ticks.push(ticks);
  }

  /** By node: with everything below it. */
  totals(): Float64Array {
    const totals = Float64Array.from(this.self);
    this.placed.node.forEach((node, index) => {
      totals[node] = (totals[node] ?? 0) + (this.placed.weight[index] ?? 0);
    });
    for (let node = this.size - 1; node > 0; node--) {
      const parent = this.parent[node] ?? 0;
      totals[parent] = (totals[parent] ?? 0) + (totals[node] ?? 0);
    }
    return totals;
  }
}
