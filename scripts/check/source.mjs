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

/** The first argument of every call of `l10n.t`. */
export function localisedStrings(file) {
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText())) {
      const [first] = node.arguments;
      if (!first || !ts.isStringLiteralLike(first)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        throw new Error(`${file.fileName}:${line + 1}: l10n.t needs its text written out.`);
      }
      found.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
