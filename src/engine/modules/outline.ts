import type { Node, Program } from "acorn";
import { ancestor } from "acorn-walk";
import type { Base1Line } from "../../core/units.ts";
import type { FileOutline, OutlinedCall, OutlinedFunction } from "../../core/lines/outline.ts";
import { functionsIn } from "./functionsIn.ts";

/**
 * What the call tree needs to know of a text: which lines belong to which function, and which line calls which name.
 * V8 reports an inlined function's ticks on its caller, and no call sites at all.
 */
export function outlineOf(program: Program): FileOutline {
  const functions: OutlinedFunction[] = [];
  const byNode = new Map<Node, number>();
  const calls: OutlinedCall[] = [];

  const enter = (node: Node, ancestors: readonly Node[]): void => {
    byNode.set(node, functions.length);
    functions.push({
      name: nameOf(node, ancestors),
      line: startLine(node),
      endLine: node.loc?.end.line ?? startLine(node),
      parent: enclosing(ancestors.slice(0, -1)),
    });
  };
  const enclosing = (ancestors: readonly Node[]): number => {
    const holder = ancestors.findLast((node) => byNode.has(node));
    return holder ? (byNode.get(holder) ?? -1) : -1;
  };
  const call = (node: Node & { callee: Node }, ancestors: readonly Node[]): void => {
    const name = calledName(node.callee);
    if (name)
      calls.push({
        name,
        property: node.callee.type === "MemberExpression",
        line: lastLineOf(node.callee),
        function: enclosing(ancestors),
      });
  };

  for (const { node, ancestors } of functionsIn(program)) enter(node, ancestors);
  ancestor(program, {
    CallExpression(node, _, ancestors) {
      call(node, ancestors);
    },
    NewExpression(node, _, ancestors) {
      call(node, ancestors);
    },
  });
  return { functions, calls, stages: stageLines(program) };
}

const startLine = (node: Node): Base1Line => node.loc?.start.line ?? 1;
const lastLineOf = (node: Node): Base1Line => node.loc?.end.line ?? 1;

interface Named {
  readonly id?: Node | null;
  readonly key?: Node;
  readonly left?: Node;
  readonly name?: unknown;
  readonly value?: unknown;
  readonly property?: Node;
}

/** As V8 infers it: its own name, else the variable, property or method it is given to. */
function nameOf(node: Node & Named, ancestors: readonly Node[]): string {
  if (node.id) return identifier(node.id);
  const holder = ancestors[ancestors.length - 2] as (Node & Named) | undefined;
  if (holder?.type === "VariableDeclarator" && holder.id) return identifier(holder.id);
  if (holder?.type === "AssignmentExpression" && holder.left) return calledName(holder.left);
  return holder?.key ? identifier(holder.key) : "";
}

function identifier(node: Node & Named): string {
  if (typeof node.name === "string") return node.name;
  return typeof node.value === "string" || typeof node.value === "number" ? String(node.value) : "";
}

function calledName(node: Node & Named): string {
  return node.type === "MemberExpression" && node.property ? identifier(node.property) : identifier(node);
}

interface ObjectNode extends Node {
  readonly properties: readonly (Node & { key?: Node & Named; value?: Node & { type: string } })[];
}

/** Where each key of an object called `stages` stands: that is where its author looks for the stage. */
function stageLines(program: Program): Record<string, Base1Line> {
  const lines: Record<string, Base1Line> = {};
  const take = (object: ObjectNode): void => {
    for (const property of object.properties) {
      const name = property.key ? identifier(property.key) : "";
      if (name && !Object.hasOwn(lines, name)) lines[name] = startLine(property);
    }
  };
  ancestor(program, {
    Property(node) {
      const { key, value } = node as unknown as { key: Node & Named; value: Node };
      if (identifier(key) === "stages" && value.type === "ObjectExpression") take(value as ObjectNode);
    },
    VariableDeclarator(node) {
      const { id, init } = node as unknown as { id: Node & Named; init?: Node | null };
      if (identifier(id) === "stages" && init?.type === "ObjectExpression") take(init as ObjectNode);
    },
  });
  return lines;
}
