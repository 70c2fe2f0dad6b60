// `npm run bench -- accuracy|overhead|editor [--json F] [--full]`: measures, prints a table, writes the figures.
import { execFileSync } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { machineFacts } from "../src/engine/machine/machine.ts";
import { accuracy } from "./accuracy/accuracy.ts";
import type { Benchmark } from "./bench.ts";
import { editor } from "./editor/editor.ts";
import { overhead } from "./overhead/overhead.ts";
import { tableOf, writeReport } from "./report.ts";

const BENCHMARKS: Readonly<Record<string, Benchmark>> = { accuracy, overhead, editor };
const USAGE = `Usage: npm run bench -- ${Object.keys(BENCHMARKS).join("|")} [--json FILE] [--full|--quick]

  --json FILE  Write {benchmark, machine, figures} as JSON
  --full       More repetitions; takes longer than ten minutes
  --quick      A few repetitions, to see that it works`;

const root = join(import.meta.dirname, "..");

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "string" }, full: { type: "boolean" }, quick: { type: "boolean" } },
  });
  const [name = "", ...others] = positionals;
  const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (!benchmark || others.length > 0) throw new Error(USAGE);

  execFileSync(process.execPath, [join(root, "scripts", "build.mjs"), "--if-stale"], { stdio: "inherit" });
  const folder = await realpath(await mkdtemp(join(tmpdir(), "waveflame-bench-")));
  try {
    const machine = await machineFacts();
    const figures = await benchmark({
      root,
      folder,
      machine,
      extent: values.full ? "full" : values.quick ? "quick" : "usual",
      say: (line) => {
        console.error(line);
      },
    });
    const report = { benchmark: name, machine, figures };
    console.log(`\n${tableOf(report)}`);
    // npm runs scripts in the project's folder and tells where the user stood.
    if (values.json !== undefined)
      await writeReport(resolve(process.env["INIT_CWD"] ?? ".", values.json), report);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
