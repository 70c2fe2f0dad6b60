import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tableOf, type BenchmarkReport } from "./report.ts";

const HEAD = `# Results of the benchmarks

Each table is written by its benchmark, \`npm run bench -- NAME\`, with the machine that it was taken on. A bound that isn't
reached stands here as it is; what was tried stands below the table and stays there when it is written anew.
`;

/** Puts the report in its section of bench/RESULTS.md, in place of the one before; what was written below it stays. */
export async function keepResults(root: string, report: BenchmarkReport): Promise<void> {
  const path = join(root, "bench", "RESULTS.md");
  const text = await readFile(path, "utf8").catch(() => HEAD);
  const [, ...sections] = text.split(/^(?=## )/m);
  const title = `## ${report.benchmark}\n`;
  const before = sections.find((section) => section.startsWith(title)) ?? "";
  const notes = before.split("\n```\n").slice(1).join("\n```\n").trim();
  const section = `${title}\n\`\`\`text\n${tableOf(report)}\n\`\`\`\n${notes ? `\n${notes}\n` : ""}`;
  const others = sections.filter((one) => !one.startsWith(title));
  const all = [...others, section].sort().map((one) => one.trim());
  await writeFile(path, `${[HEAD.trim(), ...all].join("\n\n")}\n`);
}
