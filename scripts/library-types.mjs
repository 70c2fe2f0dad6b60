// Writes waveflame.d.ts: what the library exports, as one ambient module, for workspaces where nothing is installed.
//
// No bundler of declarations served: dts-bundle-generator writes nothing while any file has a type error and takes
// twice as long, rollup-plugin-dts is LGPL, api-extractor brings a compiler of its own; none writes ambient modules.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { WORKLET_SCOPE } from "./worklet-scope.mjs";

// `Symbol.dispose` is younger than what a workspace may have asked for.
const HEAD = `// The types of the Waveflame library, for pipelines in a workspace where nothing is installed.
/// <reference lib="esnext.disposable" />
`;

/** @throws where the exports can't be said in one module */
export async function writeLibraryTypes(root, folder) {
  const index = join(root, "src", "library", "index.ts");
  const body = exportedText(declarationsOf(index), index).replace(/^(?=.)/gm, "  ");
  await mkdir(folder, { recursive: true });
  // An ambient module exports everything unless something in it says what.
  const module = `declare module "waveflame" {\n${body}\n\n  export {};\n}\n`;
  await writeFile(join(folder, "waveflame.d.ts"), `${HEAD}\n${module}\n${WORKLET_SCOPE}`);
}

const declarationPath = (path) => path.replace(/\.ts$/, ".d.ts");

/** The library's declarations, without its code, in a program of their own. What is marked @internal is left out. */
function declarationsOf(index) {
  const { config } = ts.readConfigFile(join(index, "..", "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(index, ".."));
  Object.assign(options, { composite: false, outDir: undefined, rootDir: undefined });
  const source = ts.createProgram([index], {
    ...options,
    noCheck: true,
    declaration: true,
    stripInternal: true,
  });
  const texts = new Map();
  source.emit(undefined, (path, text) => texts.set(join(path), text), undefined, true);

  // A workspace without packages has no types of Node.
  options.types = [];
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  // Not the sources beside them.
  const isSource = (path) => texts.has(join(declarationPath(path)));
  host.fileExists = (path) => texts.has(join(path)) || (!isSource(path) && fileExists(path));
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(join(path));
    if (text !== undefined) return ts.createSourceFile(path, text, ...rest);
    return source.getSourceFile(path) ?? getSourceFile(path, ...rest);
  };
  const own = new Set(texts.keys());
  return { program: ts.createProgram([declarationPath(index)], options, host), own };
}

/** Each exported declaration, with what only its types need in front of it. */
function exportedText({ program, own }, index) {
  const checker = program.getTypeChecker();
  const original = (symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  // In the order of index.ts, which only passes on. What is marked @internal is passed on without a declaration.
  const exports = program
    .getSourceFile(declarationPath(index))
    .statements.flatMap(({ exportClause, moduleSpecifier }) =>
      exportClause
        ? exportClause.elements.map(({ name }) => checker.getSymbolAtLocation(name))
        : checker.getExportsOfModule(checker.getSymbolAtLocation(moduleSpecifier)),
    )
    .filter((symbol) => original(symbol).declarations);
  const exported = new Set(exports.map(original));
  const written = new Map();
  const texts = [];

  for (const symbol of exports) {
    const { name } = original(symbol);
    if (name !== symbol.name) {
      throw new Error(
        `${index} exports ${name} as ${symbol.name}: give it one name for the library's types.`,
      );
    }
    write(original(symbol));
  }
  return texts.join("\n\n");

  function write(symbol) {
    const other = written.get(symbol.name);
    if (other === symbol) return;
    if (other) {
      const files = `${fileOf(other)} and in ${fileOf(symbol)}`;
      throw new Error(`The library's types need both ${symbol.name} in ${files}: rename one.`);
    }
    written.set(symbol.name, symbol);
    // Overloads are several declarations; a const and its namesake type, too.
    const statements = [...new Set(symbol.declarations.map(topLevelStatement))];
    for (const name of statements.flatMap(namesIn)) writeNeeded(name, symbol);
    texts.push(statements.map((statement) => textOf(statement, exported.has(symbol))).join("\n"));
  }

  function writeNeeded(name, neededBy) {
    const named = checker.getSymbolAtLocation(name);
    // What isn't known at all is the workspace's: an editor without Node's types shows it in the file itself.
    if (!named) return;
    const symbol = original(named);
    const declarations = symbol.declarations ?? [];
    const isFound = declarations.length > 0;
    if (isFound && declarations.every((one) => !topLevelStatement(one) || isOfTypeScript(one))) return;
    if (!isFound || !declarations.every((one) => own.has(join(one.getSourceFile().fileName)))) {
      throw new Error(
        `${fileOf(neededBy)}: the type of ${neededBy.name} needs ${name.text} of a package, which a user may not have.`,
      );
    }
    write(symbol);
  }

  function isOfTypeScript(declaration) {
    return program.isSourceFileDefaultLibrary(declaration.getSourceFile());
  }
}

const fileOf = (symbol) => symbol.declarations[0].getSourceFile().fileName.replace(/\.d\.ts$/, ".ts");

/** The statement that declares it, where that is one of a file and not a parameter, a member or the like. */
function topLevelStatement(declaration) {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.isSourceFile(statement.parent) ? statement : undefined;
}

/** All names in a declaration, without that of members, which its type has already brought along. */
function namesIn(node) {
  const names = [];
  ts.forEachChild(node, function visit(child) {
    if (ts.isIdentifier(child)) names.push(child);
    else ts.forEachChild(child, visit);
  });
  return names;
}

/** A statement and its comment as they stand in an ambient module. */
function textOf(statement, isExported) {
  const file = statement.getSourceFile();
  const edits = [];
  for (const modifier of statement.modifiers ?? []) {
    if (modifier.kind !== ts.SyntaxKind.ExportKeyword && modifier.kind !== ts.SyntaxKind.DeclareKeyword)
      continue;
    edits.push({ from: modifier.getStart(), to: modifier.end + 1, text: "" });
  }
  ts.forEachChild(statement, function visit(node) {
    if (ts.isImportTypeNode(node)) {
      // `import("./stage.ts").Stage` is `Stage` here.
      const from = node.argument.getStart() - "import(".length;
      edits.push({ from, to: node.qualifier.getStart(), text: "" });
    }
    ts.forEachChild(node, visit);
  });
  const first = statement.getStart();
  let text = file.text.slice(0, statement.end);
  if (isExported) edits.push({ from: first, to: first, text: "export " });
  edits.sort((a, b) => b.from - a.from || b.to - a.to);
  for (const edit of edits) text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  return text
    .slice(statement.getStart(file, true))
    .replace(/^( {4})+/gm, (indent) => indent.slice(indent.length / 2));
}
