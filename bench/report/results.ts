import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tableOf, type BenchmarkReport } from "./table.ts";

const HEAD = `# Results of the benchmarks

Each table is written by its benchmark, \`npm run bench -- NAME\`, with the machine that it was taken on. A bound that isn't
reached stands here as it is; what was tried stands below the table and stays there when it is written anew.
`;

/**
 * Puts the report in its section of a Markdown file, in place of the one before. What was written below it stays, and the
 * sections are sorted; a file that isn't there is begun.
 */
export async function keepResults(path: string, report: BenchmarkReport): Promise<void> {
  const text = existsSync(path) ? await readFile(path, "utf8") : "";
  const [, ...sections] = text.split(/^(?=## )/m);
  const title = `## ${report.benchmark}\n`;
  const before = sections.find((section) => section.startsWith(title)) ?? "";
  const notes = before.split("\n```\n").slice(1).join("\n```\n").trim();
  const section = `${title}\n\`\`\`text\n${tableOf(report)}\n\`\`\`\n${notes ? `\n${notes}\n` : ""}`;
  const others = sections.filter((one) => !one.startsWith(title));
  const all = [...others, section].sort().map((one) => one.trim());
  await writeFile(path, `${[HEAD.trim(), ...all].join("\n\n")}\n`);
}
