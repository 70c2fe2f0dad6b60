// The Node that the dependencies bring: new enough for everything here, whatever Node started the script.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, delimiter, dirname, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const RUNS_SOURCE = [22, 18];
const RUNS_PRODUCT = [22, 15];

/** The path of a Node that runs TypeScript from source. */
export const projectNode = () => nodeFrom(RUNS_SOURCE);

/** The path of a Node that runs what is in dist. */
export const productNode = () => nodeFrom(RUNS_PRODUCT);

/** The one that runs this, if it suffices. */
function nodeFrom([leastMajor, leastMinor]) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return process.execPath;
  const bin = join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin");
  const found = ["node", "node.exe"].map((name) => join(bin, name)).find((path) => existsSync(path));
  if (found) return found;
  throw new Error(`Node ${process.versions.node} is too old: run npm ci, which brings a newer one.`);
}

/** The environment in which npm runs scripts: what the dependencies bring comes first on the PATH. */
export const projectEnvironment = () =>
  withPath((entries) => [join(root, "node_modules", ".bin"), ...entries]);

/** That of whoever called npm: a pipeline is measured on the Node that their code runs on, not on the dependencies' own. */
export const userEnvironment = () => withPath((entries) => entries.filter((entry) => !isOwnBin(entry)));

const isOwnBin = (folder) => {
  const inside = relative(root, folder);
  return basename(folder) === ".bin" && !inside.startsWith("..") && !isAbsolute(inside);
};

function withPath(change) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const entries = (process.env[name] ?? "").split(delimiter).filter(Boolean);
  return { ...process.env, [name]: change(entries).join(delimiter) };
}
