import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tableOf, type BenchmarkReport } from "./report.ts";

const HEAD = `# Results of the benchmarks

Each section is written by its benchmark: \`npm run bench -- NAME\`. A bound that isn't reached stands here as it is.
`;

/** Puts the report in its section of bench/RESULTS.md, in place of the one before. */
export async function keepResults(root: string, report: BenchmarkReport, notes: string): Promise<void> {
  const path = join(root, "bench", "RESULTS.md");
  const text = await readFile(path, "utf8").catch(() => HEAD);
  const [head = HEAD, ...sections] = text.split(/^(?=## )/m);
  const title = `## ${report.benchmark}\n`;
  const others = sections.filter((section) => !section.startsWith(title));
  const section = [title, "```", tableOf(report), "```", ...(notes ? ["", notes] : []), ""].join("\n");
  const all = [...others, section].sort().map((one) => one.trim());
  await writeFile(path, `${[head.trim(), ...all].join("\n\n")}\n`);
}
