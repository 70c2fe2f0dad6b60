// `npm run package`: builds and writes dist/waveflame.vsix.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildIfStale } from "./build.mjs";
import { root, run } from "./check/run.mjs";

const LARGEST = 2 * 2 ** 20;

/** @returns the path of the package; throws an Error where it is 2 MB or more. */
export async function writePackage() {
  await buildIfStale();
  const path = join(root, "dist", "waveflame.vsix");
  await run("@vscode/vsce/vsce", "package", "--no-dependencies", "--out", path);
  const { size } = await stat(path);
  if (size >= LARGEST) {
    throw new Error(
      `The package has ${size} bytes and must stay below ${LARGEST}: look at what grew with npx vsce ls --tree.`,
    );
  }
  return path;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await writePackage());
}
