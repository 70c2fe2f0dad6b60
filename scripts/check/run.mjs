// Runs a program of the dependencies, and what steps have in common.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectEnvironment, projectNode } from "../project-node.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @returns what the program printed; throws an Error with it where the program refuses. */
export async function run(script, ...args) {
  const child = spawn(projectNode(), [join(root, "node_modules", script), ...args], {
    cwd: root,
    env: projectEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (printed.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (printed.error += text));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error((printed.out + printed.error).trim() || `It ended with exit code ${code}.`);
  return printed.out;
}

/** One sentence for each name that only one side has. */
export function differences(what, declared, used, declaredIn, usedIn) {
  const [left, right] = [new Set(declared), new Set(used)];
  return [
    ...[...left]
      .filter((name) => !right.has(name))
      .map((name) => `${what} "${name}" is in ${declaredIn} but not in ${usedIn}.`),
    ...[...right]
      .filter((name) => !left.has(name))
      .map((name) => `${what} "${name}" is in ${usedIn} but not in ${declaredIn}.`),
  ];
}

export function refuse(problems) {
  if (problems.length > 0) throw new Error(problems.join("\n"));
}
