// `npm test`: builds, runs every suite (or those named: `npm test -- unit editor`), ends with `N passed, N failed`.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { projectEnvironment, projectNode } from "./project-node.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const SUITES = ["check", "unit", "library", "engine", "cli", "view", "editor"];
const TEST_LIMIT_MS = 60_000;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no suite "${unknown[0]}": name some of ${SUITES.join(", ")}.`);
  process.exit(2);
}

const scratch = await mkdtemp(join(tmpdir(), "waveflame-test-"));
const total = { passed: 0, failed: 0 };
try {
  await mkdir(join(root, "test", "out"), { recursive: true });
  for (const [name, run] of [["build", buildAll], ...SUITES.map((suite) => [suite, () => runSuite(suite)])]) {
    if (name !== "build" && wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n${name}`);
    const counts = await run().catch((error) => {
      console.error(`  ${error.message}`);
      return { passed: 0, failed: 1 };
    });
    total.passed += counts?.passed ?? 0;
    total.failed += counts?.failed ?? 0;
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);

async function runSuite(name) {
  if (name === "check") return counted(name, [join(root, "scripts", "check.mjs")]);
  if (name === "editor") return counted(name, [join(root, "test", "editor", "run.ts")], "editor.log");
  const folder = join(root, "test", name);
  const files = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
  if (!files.some((file) => file.endsWith(".test.ts"))) {
    console.log("  no tests");
    return;
  }
  const reporter = join(root, "scripts", "test", "counting-reporter.mjs");
  return counted(name, [
    join(root, "node_modules", "mocha", "bin", "mocha.js"),
    "--no-config",
    `--timeout=${TEST_LIMIT_MS}`,
    `--reporter=${reporter}`,
    `test/${name}/**/*.test.ts`,
  ]);
}

/** A suite writes its counts to WAVEFLAME_COUNTS; one that ended otherwise counts as one failure. */
async function counted(name, args, log) {
  const counts = join(scratch, `${name}.json`);
  const child = spawn(projectNode(), args, {
    cwd: root,
    env: { ...projectEnvironment(), WAVEFLAME_COUNTS: counts },
    stdio: ["ignore", log ? "pipe" : "inherit", "inherit"],
  });
  child.stdout?.pipe(createWriteStream(join(root, "test", "out", log)));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const found = await readFile(counts, "utf8").then(JSON.parse, () => null);
  if (found === null) {
    if (code !== 0)
      console.error(`  The suite ended with exit code ${code} before it had counted its tests.`);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  }
  if (code !== 0 && found.failed === 0) found.failed = 1;
  return found;
}
