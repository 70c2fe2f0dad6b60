/**
 * Down and up again along each branch of a tree in columns, in the order of its nodes; without recursion, because stacks
 * may be deep.
 *
 * @param parent of each node, always less than its own index; negative for a root
 */
export function depthFirst(
  parent: ArrayLike<number>,
  enter: (node: number) => void,
  leave: (node: number) => void,
): void {
  const next = new Int32Array(parent.length).fill(-1);
  const below = new Int32Array(parent.length).fill(-1);
  let firstRoot = -1;
  for (let node = parent.length - 1; node >= 0; node--) {
    const above = parent[node] ?? -1;
    next[node] = above < 0 ? firstRoot : (below[above] ?? -1);
    if (above < 0) firstRoot = node;
    else below[above] = node;
  }
  for (let node = firstRoot; node >= 0;) {
    enter(node);
    let left = below[node] ?? -1;
    while (left < 0 && node >= 0) {
      leave(node);
      left = next[node] ?? -1;
      if (left < 0) node = parent[node] ?? -1;
    }
    node = left;
  }
}
