// Reads names out of the TypeScript sources without running them.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./run.mjs";

export async function parse(path) {
  const text = await readFile(join(root, path), "utf8");
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

export async function sourcesIn(folder) {
  const names = await readdir(join(root, folder), { recursive: true });
  return Promise.all(
    names
      .filter((name) => name.endsWith(".ts"))
      .map((name) => parse(`${folder}/${name.replaceAll("\\", "/")}`)),
  );
}

/** The value of an exported constant that is written out: strings, numbers, lists, objects. */
export function constant(file, name) {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: own, initializer } of statement.declarationList.declarations) {
      if (own.getText() === name && initializer) return literal(initializer);
    }
  }
  throw new Error(`${file.fileName} has no constant ${name}.`);
}

/** Undefined for what isn't a literal. */
function literal(node) {
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) return literal(node.expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((element) =>
      ts.isSpreadElement(element) ? literal(element.expression) : [literal(element)],
    );
  }
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(
      node.properties
        .filter(ts.isPropertyAssignment)
        .map(({ name, initializer }) => [
          ts.isStringLiteralLike(name) ? name.text : name.getText(),
          literal(initializer),
        ]),
    );
  }
  return undefined;
}

/** Whether a call translates its first argument: `l10n.t`, or a `t` that was passed on. */
const translates = (node) =>
  ts.isCallExpression(node) && /^((.*\.)?l10n\.)?t$/.test(node.expression.getText());

/** The first argument of every call that translates. */
export function localisedStrings(file) {
  const found = [];
  const visit = (node) => {
    if (translates(node)) {
      const [first] = node.arguments;
      if (!first || !ts.isStringLiteralLike(first)) {
        throw new Error(`${placeOf(file, node)}: l10n.t needs its text written out.`);
      }
      found.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const IN_PROSE = /\p{L}{2,}[,:]? \p{L}{2,}/u;
const BESIDE_A_VALUE = /(^|\s)\p{L}{3,}(?=[\s.,]|$)/u;

/** What reads like words for a person and isn't translated: two words in a row, or a word beside a value. */
export function untranslated(file) {
  const found = [];
  const visit = (node) => {
    if (translates(node)) {
      node.arguments.slice(1).forEach(visit);
      return;
    }
    if (isForTheLog(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    const reads = ts.isStringLiteralLike(node)
      ? IN_PROSE.test(node.text) && !ts.isCaseClause(node.parent)
      : ts.isTemplateExpression(node) &&
        [node.head, ...node.templateSpans.map(({ literal }) => literal)].some(({ text }) =>
          BESIDE_A_VALUE.test(text),
        );
    if (reads) found.push(`${placeOf(file, node)}: ${node.getText()} is shown without l10n.t.`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The log is for bug reports and stays in English. */
const isForTheLog = (node) =>
  ts.isCallExpression(node) && /(^|\.)log\.(info|warn|error)$/.test(node.expression.getText());

const placeOf = (file, node) =>
  `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
