// Copies the pipelines that ship into dist/pipelines/, as they are written, with a tsconfig.json for whoever opens one.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

const TSCONFIG = {
  compilerOptions: {
    target: "ES2023",
    lib: ["ES2023"],
    module: "ESNext",
    moduleResolution: "bundler",
    types: [],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
  },
  include: ["**/*.ts"],
};

/** In its place the types themselves lie beside a pipeline that somebody has copied. */
const TYPES = `/// <reference path="../library/waveflame.d.ts" />\n`;

export async function copyPipelines(root, folder) {
  await mkdir(folder, { recursive: true });
  await cp(join(root, "src/pipelines"), folder, {
    recursive: true,
    filter: (path) => !basename(path).startsWith("tsconfig"),
  });
  await writeFile(join(folder, "tsconfig.json"), `${JSON.stringify(TSCONFIG, null, 2)}\n`);
  await writeFile(join(folder, "waveflame.d.ts"), TYPES);
}
