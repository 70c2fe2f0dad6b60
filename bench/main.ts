// `npm run bench -- NAME [--json F] [--full]`: measures, prints a table, keeps it in bench/RESULTS.md.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkJsonPath, writeJson } from "../src/client/commandLine/jsonOutput.ts";
import { machineFacts } from "../src/engine/machine/machine.ts";
import { accuracy } from "./accuracy/accuracy.ts";
import { unseen } from "./accuracy/unseen/unseen.ts";
import type { Benchmark } from "./bench.ts";
import { causes } from "./causes/causes.ts";
import { clock } from "./clock/clock.ts";
import { decode } from "./decode/decode.ts";
import { editor } from "./editor/editor.ts";
import { fft } from "./fft/fft.ts";
import { mastering } from "./mastering/mastering.ts";
import { memory } from "./memory/memory.ts";
import { overhead } from "./overhead/overhead.ts";
import { tableOf } from "./report/table.ts";
import { keepResults } from "./report/results.ts";
import { scaling } from "./scaling/scaling.ts";

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  accuracy,
  unseen,
  causes,
  clock,
  overhead,
  editor,
  decode,
  fft,
  mastering,
  memory,
  scaling,
};
const USAGE = `Usage: npm run bench -- ${Object.keys(BENCHMARKS).join("|")} [--json FILE] [--full|--quick]

  --json FILE  Write {benchmark, machine, figures} as JSON
  --full       More repetitions; takes longer than ten minutes
  --quick      A few repetitions, to see that it works; isn't kept

The table also goes into bench/RESULTS.md.`;

const root = join(import.meta.dirname, "..");

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "string" }, full: { type: "boolean" }, quick: { type: "boolean" } },
  });
  const [name = "", ...others] = positionals;
  const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (!benchmark || others.length > 0) throw new Error(USAGE);

  // npm runs scripts in the project's folder and tells where the user stood.
  const from = process.env["npm_lifecycle_event"] === "bench" ? process.env["INIT_CWD"] : undefined;
  const json = values.json === undefined ? null : resolve(from ?? ".", values.json);
  if (json !== null) await checkJsonPath(json);

  warnOfOthers();
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs"), "--if-stale"], { stdio: "inherit" });
  const machine = await machineFacts();
  const extent = values.full ? "full" : values.quick ? "quick" : "usual";
  const figures = await benchmark({ root, folder: await temporaryFolder(), machine, extent, say });
  const report = { benchmark: name, machine, figures };
  console.log(`\n${tableOf(report)}`);
  if (extent !== "quick") await keepResults(join(root, "bench", "RESULTS.md"), report);
  if (json !== null) await writeJson(json, `${JSON.stringify(report, null, 2)}\n`);
}

function say(line: string): void {
  console.error(line);
}

/** Removed at the end, however that comes. */
async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "waveflame-bench-")));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  return folder;
}

function warnOfOthers(): void {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load > cores / 2)
    say(`The machine is busy (load ${load.toFixed(1)} on ${cores} cores): the figures will be off.`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
