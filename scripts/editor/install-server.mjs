// The real VS Code server and workbench, as the npm package code-server carries them.
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedFolder } from "./cache.mjs";
import { npm, unpackPackage } from "./npm.mjs";

const parts = join(dirname(fileURLToPath(import.meta.url)), "server");
const MANIFESTS = ["package.json", "package-lock.json", ".npmrc"];
const STUBS = ["spdlog", "native-watchdog"];

const CODE_SERVER = {
  name: "code-server",
  version: "4.139.1",
  sha512: "fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
};

/** Big and never used here. github-authentication and git-base stay: the page asks for their web entries. */
const LEFT_OUT = [
  "copilot",
  "git",
  "mermaid-markdown-features",
  "microsoft-authentication",
  "ms-vscode.js-debug",
  "ms-vscode.js-debug-companion",
  "ms-vscode.vscode-js-profile-table",
  "terminal-suggest",
];

/** The folder of the server, installed on the first call. `say(sentence)` hears what takes long. */
export async function installedServer(say) {
  const files = [...MANIFESTS, ...STUBS.map((name) => `${name}.mjs`)];
  const texts = await Promise.all(files.map((file) => readFile(join(parts, file), "utf8")));
  return cachedFolder("vscode-server", [CODE_SERVER, LEFT_OUT, ...texts], async (folder) => {
    say("Installing the embedded VS Code (once, about 50 MB)…");
    await unpackPackage(CODE_SERVER, folder, (path) => {
      const inside = path.replace(/^lib\/vscode\//, "");
      if (inside === path) return false;
      const extension = /^extensions\/([^/]+)\//.exec(inside)?.[1];
      return extension === undefined || !LEFT_OUT.includes(extension);
    });
    const server = join(folder, "lib", "vscode");
    for (const entry of await readdir(server)) await rename(join(server, entry), join(folder, entry));
    await rm(join(folder, "lib"), { recursive: true });
    await installModules(folder);
  });
}

async function installModules(folder) {
  const modules = join(folder, "modules");
  await mkdir(modules);
  for (const file of MANIFESTS) await cp(join(parts, file), join(modules, file));
  await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], modules);
  await rename(join(modules, "node_modules"), join(folder, "node_modules"));
  await rm(modules, { recursive: true });
  for (const name of STUBS) await placeStub(name, join(folder, "node_modules", "@vscode", name));
  // The TypeScript extension looks for its compiler there.
  await mkdir(join(folder, "extensions", "node_modules"), { recursive: true });
  await rename(
    join(folder, "node_modules", "typescript"),
    join(folder, "extensions", "node_modules", "typescript"),
  );
  await removeForeignBinaries(join(folder, "node_modules", "@vscode", "ripgrep-universal", "bin"));
  await removeForeignBinaries(join(folder, "node_modules", "node-pty", "prebuilds"));
}

/** Two native modules in JavaScript: the originals would have to be compiled on this machine. */
async function placeStub(name, target) {
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "package.json"), JSON.stringify({ name, type: "module", main: "index.js" }));
  await cp(join(parts, `${name}.mjs`), join(target, "index.js"));
}

async function removeForeignBinaries(folder) {
  for (const target of await readdir(folder)) {
    if (target !== `${process.platform}-${process.arch}`) await rm(join(folder, target), { recursive: true });
  }
}
