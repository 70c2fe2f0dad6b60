/** What the tests in the editor tell the runner, one at a time. */
export type ReportLine =
  | { readonly kind: "suite"; readonly title: string }
  | { readonly kind: "pass"; readonly title: string; readonly ms: number }
  | { readonly kind: "pending"; readonly title: string }
  | { readonly kind: "fail"; readonly title: string; readonly text: string };

export interface Counts {
  passed: number;
  failed: number;
}

/** Prints on standard error: standard output belongs to the editor, whose own log goes there. */
export function printLine(line: ReportLine, counts: Counts): void {
  switch (line.kind) {
    case "suite":
      console.error(`\n  ${line.title}`);
      break;
    case "pass":
      counts.passed += 1;
      console.error(`    ✔ ${line.title} (${Math.round(line.ms)} ms)`);
      break;
    case "pending":
      console.error(`    - ${line.title}`);
      break;
    case "fail":
      counts.failed += 1;
      console.error(`    ✘ ${line.title}\n${line.text.replace(/^/gm, "      ")}`);
      break;
  }
}
