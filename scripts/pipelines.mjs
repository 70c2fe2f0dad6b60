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
  // The types lie beside it where somebody has copied a pipeline, else where they ship.
  include: ["**/*.ts", "../library/waveflame.d.ts"],
};

export async function copyPipelines(root, folder) {
  await mkdir(folder, { recursive: true });
  await cp(join(root, "src/pipelines"), folder, {
    recursive: true,
    filter: (path) => !basename(path).startsWith("tsconfig"),
  });
  await writeFile(join(folder, "tsconfig.json"), `${JSON.stringify(TSCONFIG, null, 2)}\n`);
}
