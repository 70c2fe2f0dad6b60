// Writes waveflame.d.ts: the library's types as one ambient module, for workspaces where nothing is installed.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";

export async function writeLibraryTypes(root, folder) {
  const program = ts.createProgram([join(root, "src/library/index.ts")], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    declaration: true,
    emitDeclarationOnly: true,
    types: [],
    skipLibCheck: true,
  });
  const declarations = [];
  program.emit(undefined, (name, text) => declarations.push([name, text]), undefined, true);
  const body = declarations
    .filter(([name]) => !name.endsWith("index.d.ts"))
    .map(([, text]) =>
      text
        .replace(/^import .*;\n/gm, "")
        .replace(/^export \{\};?\n/gm, "")
        .replace(/^export declare /gm, "export "),
    )
    .join("\n");
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "waveflame.d.ts"),
    `// The types of the Waveflame library, for pipelines in a workspace where nothing is installed.\n` +
      `declare module "waveflame" {\n${body.replace(/^(?=.)/gm, "  ").trimEnd()}\n}\n`,
  );
}
