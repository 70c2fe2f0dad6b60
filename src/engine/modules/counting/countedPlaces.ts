import type { Node, Program } from "acorn";
import { fullAncestor } from "acorn-walk";
import type { Base1Line } from "../../../core/units.ts";
import { functionsIn } from "../functionsIn.ts";
import { branchInto, type Insertion } from "./insertions.ts";

/** Where counting looks in a text. Offsets are V8's: UTF-16 units of the text without its types. */
export interface CountedPlaces {
  /** As the file's outline numbers them. */
  readonly functions: readonly FunctionRange[];
  /** The first of each line. */
  readonly statements: readonly CountedPlace[];
  readonly loops: readonly CountedLoop[];
  readonly catches: readonly CountedCatch[];
  /** That the text gets for counting, in order. */
  readonly insertions: readonly Insertion[];
}

/** V8 begins a method at its name or at a word before it, other functions where the text does. */
export interface FunctionRange {
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

export interface CountedPlace {
  readonly line: Base1Line;
  readonly offset: number;
  /** The function around it, among `functions`. What no function holds runs while the file is loaded, and isn't counted. */
  readonly function: number;
}

export interface CountedLoop extends CountedPlace {
  readonly endLine: Base1Line;
  readonly end: number;
  /** Where its body begins: that runs once per iteration. */
  readonly body: number;
}

/** A catch clause, or a callback of `.catch` or the second one of `.then`. */
export interface CountedCatch extends CountedPlace {
  /** It ends by throwing: nothing is swallowed there. */
  readonly throwsOn: boolean;
}

const LOOPS: ReadonlySet<string> = new Set([
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
]);

/** A block runs as what it belongs to. */
const NO_STEPS: ReadonlySet<string> = new Set(["BlockStatement", "EmptyStatement"]);

interface Inner extends Node {
  readonly body?: Node & { readonly body?: unknown };
  readonly expression?: unknown;
  readonly init?: Node | null;
  readonly left?: Node;
}

export function countedPlacesOf(program: Program): CountedPlaces {
  const found = functionsIn(program);
  const indexes = new Map(found.map(({ node }, index) => [node, index]));
  const statements = new Map<Base1Line, CountedPlace>();
  const loops: CountedLoop[] = [];
  const catches: CountedCatch[] = [];

  const placeOf = (node: Node, around: readonly Node[]): CountedPlace | null => {
    const holder = around.findLast((one) => indexes.has(one));
    const index = holder && indexes.get(holder);
    return index === undefined ? null : { line: lineOf(node), offset: node.start, function: index };
  };
  const addStep = (node: Node, around: readonly Node[]): void => {
    const place = placeOf(node, around);
    const known = place && statements.get(place.line);
    if (place && (!known || place.offset < known.offset)) statements.set(place.line, place);
  };
  const addCallbacks = (node: Node): void => {
    for (const callback of callbacksForErrors(node)) {
      const place = placeOf(callback, [callback]);
      if (place) catches.push({ ...place, throwsOn: endsByThrowing((callback as Inner).body) });
    }
  };

  fullAncestor(program, (met, _, ancestors) => {
    const node = met as Node as Inner;
    const around = ancestors.slice(0, -1);
    if (isStep(node, around.at(-1))) addStep(node, around);
    // An arrow's expression, with the arrow around it.
    if (node.type === "ArrowFunctionExpression" && node.expression === true && node.body)
      addStep(node.body, ancestors);
    const place = LOOPS.has(node.type) || node.type === "CatchClause" ? placeOf(node, around) : null;
    if (place && node.body) {
      if (node.type === "CatchClause")
        catches.push({ ...place, offset: node.body.start, throwsOn: endsByThrowing(node.body) });
      else loops.push(loopOf(place, node, node.body.start));
    }
    if (node.type === "CallExpression") addCallbacks(node);
  });
  return {
    functions: found.map(({ node, ancestors }) => rangeOf(node, ancestors.at(-2))),
    statements: [...statements.values()].sort((a, b) => a.offset - b.offset),
    loops: loops.sort((a, b) => a.offset - b.offset),
    catches: catches.sort((a, b) => a.offset - b.offset),
    insertions: found
      .flatMap(({ node: { body } }: { readonly node: Inner }) => (body ? [branchInto(body)] : []))
      .sort((a, b) => a.offset - b.offset),
  };
}

const loopOf = (place: CountedPlace, { loc, end }: Node, body: number): CountedLoop => ({
  ...place,
  endLine: loc?.end.line ?? place.line,
  end,
  body,
});

const lineOf = (node: Node): Base1Line => node.loc?.start.line ?? 1;

/** Declarations of functions and classes do nothing where they stand; a loop's own declaration is a part of it. */
function isStep(node: Node, parent: Node | undefined): boolean {
  const { init, left } = (parent ?? {}) as Inner;
  if (node.type === "VariableDeclaration") return init !== node && left !== node;
  return node.type.endsWith("Statement") && !NO_STEPS.has(node.type);
}

function rangeOf(node: Node, holder: Node | undefined): FunctionRange {
  const isMethod =
    holder?.end === node.end && (holder.type === "MethodDefinition" || holder.type === "Property");
  return { from: isMethod ? holder.start : node.start, start: node.start, end: node.end };
}

interface Call extends Node {
  readonly callee: Node & { readonly property?: Node & { readonly name?: string } };
  readonly arguments: readonly Node[];
}

/** Which argument of a method gets errors. */
const ERROR_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ["catch", 0],
  ["then", 1],
]);

function callbacksForErrors(node: Node): Node[] {
  const { callee, arguments: given } = node as Call;
  const at = ERROR_ARGUMENT.get(callee.property?.name ?? "");
  const callback = at === undefined ? undefined : given[at];
  return callback?.type.includes("Function") ? [callback] : [];
}

function endsByThrowing(body: Inner["body"]): boolean {
  const steps = Array.isArray(body?.body) ? (body.body as readonly Node[]) : [];
  return steps.at(-1)?.type === "ThrowStatement";
}
