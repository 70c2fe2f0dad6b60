import { isFields } from "../../../run/check.ts";
import { fieldsAt, listAt, numberAt, type Fields } from "../fields.ts";
import { ProfileProblem } from "../problem.ts";

/** The nodes of a profile, each after its parent. */
export interface OrderedNodes {
  readonly nodes: readonly Fields[];
  /** By place in `nodes`; −1 for one without. */
  readonly parent: Int32Array;
  /** From the file's ids to places. */
  readonly placeOf: ReadonlyMap<number, number>;
}

/** A list whose nodes name their children or their parent, or Chrome's old tree below `head`. */
export function orderedNodes(profile: Fields): OrderedNodes {
  const listed =
    profile["nodes"] === undefined && isFields(profile["head"])
      ? flattened(profile["head"])
      : listAt(profile["nodes"], `"nodes"`).map((node, index) => fieldsAt(node, `nodes[${index}]`));
  if (listed.length === 0) throw new ProfileProblem(`"nodes" is empty`);
  return inOrder(listed);
}

/** Each node's children become ids. */
function flattened(head: Fields): Fields[] {
  const nodes: Fields[] = [];
  const open: unknown[] = [head];
  for (const one of open) {
    const node = fieldsAt(one, `a node below "head"`);
    const children = node["children"] === undefined ? [] : listAt(node["children"], "a node's children");
    for (const child of children) open.push(child);
    nodes.push({ ...node, children: children.map((child) => (isFields(child) ? child["id"] : child)) });
  }
  return nodes;
}

function inOrder(listed: readonly Fields[]): OrderedNodes {
  const indexOf = new Map<number, number>();
  listed.forEach((node, index) => {
    const id = numberAt(node["id"], `nodes[${index}].id`);
    if (indexOf.has(id)) throw new ProfileProblem(`nodes[${index}] has the id ${id} of another node`);
    indexOf.set(id, index);
  });
  const parents = parentsOf(listed, indexOf);
  const order = fromTheTop(parents);
  const placeOfIndex = new Int32Array(listed.length);
  order.forEach((index, place) => {
    placeOfIndex[index] = place;
  });
  return {
    nodes: order.map((index) => listed[index] ?? {}),
    parent: Int32Array.from(order, (index) => {
      const above = parents[index] ?? -1;
      return above < 0 ? -1 : (placeOfIndex[above] ?? -1);
    }),
    placeOf: new Map([...indexOf].map(([id, index]) => [id, placeOfIndex[index] ?? 0])),
  };
}

function parentsOf(listed: readonly Fields[], indexOf: ReadonlyMap<number, number>): Int32Array {
  const parents = new Int32Array(listed.length).fill(-1);
  const join = (child: unknown, parent: unknown, path: string): void => {
    const [below, above] = [indexOf.get(child as number), indexOf.get(parent as number)];
    if (below === undefined || above === undefined) throw new ProfileProblem(`${path} leads to no node`);
    const known = parents[below] ?? -1;
    if (known >= 0 && known !== above)
      throw new ProfileProblem(`${path} gives node ${String(child)} a second parent`);
    parents[below] = above;
  };
  listed.forEach((node, index) => {
    const { id, parent, children } = node;
    if (parent !== undefined && parent !== null) join(id, parent, `nodes[${index}].parent`);
    if (children === undefined || children === null) return;
    listAt(children, `nodes[${index}].children`).forEach((child, at) =>
      join(child, id, `nodes[${index}].children[${at}]`),
    );
  });
  return parents;
}

/** Row by row, so that no recursion limits the depth. */
function fromTheTop(parents: Int32Array): number[] {
  const children: number[][] = Array.from(parents, () => []);
  const order: number[] = [];
  parents.forEach((parent, index) => {
    if (parent < 0) order.push(index);
    else children[parent]?.push(index);
  });
  // Grows while it is walked.
  for (const index of order) for (const child of children[index] ?? []) order.push(child);
  if (order.length === parents.length) return order;
  const reached = new Set(order);
  const lost = parents.findIndex((_, index) => !reached.has(index));
  throw new ProfileProblem(`nodes[${lost}] is above itself by its children`);
}
