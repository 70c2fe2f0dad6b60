import type { Output } from "./terminal.ts";

/** What settings say that was left out. */
export function tellProblems(problems: readonly string[], errors: Output): void {
  for (const problem of problems) errors.write(`${errors.paint("warm", "warning")}: ${problem}\n`);
}
