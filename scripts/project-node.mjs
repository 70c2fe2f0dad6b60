// The Node that the dependencies bring: new enough for everything here, whatever Node started the script.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NEW_ENOUGH = [22, 18];

/** The path of a Node that runs TypeScript from source. */
export function projectNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NEW_ENOUGH[0] || (major === NEW_ENOUGH[0] && minor >= NEW_ENOUGH[1])) return process.execPath;
  const bin = join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin");
  const found = ["node", "node.exe"].map((name) => join(bin, name)).find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    `Node ${process.versions.node} is too old for the tests: run npm ci, which brings a newer one.`,
  );
}

/** The environment in which npm runs scripts: what the dependencies bring comes first on the PATH. */
export function projectEnvironment() {
  const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...process.env, [name]: [bin, process.env[name]].filter(Boolean).join(delimiter) };
}
