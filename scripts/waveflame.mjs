// The command line from a checkout: builds what is stale without a word, then runs it where the user stands.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { productNode, userEnvironment } from "./project-node.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

await buildIfStale();

const child = spawn(productNode(), [join(root, "dist", "cli.cjs"), ...process.argv.slice(2)], {
  // npm runs scripts in the package's folder and tells where the user stood.
  cwd: process.env.npm_lifecycle_event === "waveflame" ? process.env.INIT_CWD : process.cwd(),
  env: userEnvironment(),
  stdio: "inherit",
});
// A terminal sends Ctrl-C to both: the command line ends by itself, and this waits for it.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`Node couldn't be started: ${error.message}`);
  process.exitCode = 2;
});
child.on("exit", (code) => {
  process.exitCode = code ?? 2;
});
