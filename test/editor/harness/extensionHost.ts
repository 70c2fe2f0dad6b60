import Mocha from "mocha";
import { ask } from "../../support/editor/remote.ts";
import type { ReportLine } from "./report.ts";

/** Called by the editor, inside its extension host. The counts reach the runner before this resolves. */
export async function run(): Promise<void> {
  const files = JSON.parse(process.env["WAVEFLAME_TEST_FILES"] ?? "[]") as string[];
  const only = process.env["WAVEFLAME_TEST_GREP"];
  const mocha = new Mocha({
    ui: "bdd",
    timeout: 120_000,
    reporter: PostingReporter,
    ...(only ? { grep: only } : {}),
  });
  for (const file of files) mocha.addFile(file);
  await new Promise<void>((resolve) => {
    mocha.run(() => resolve());
  });
  await posted;
}

/** In the order in which the tests ended. */
let posted: Promise<unknown> = Promise.resolve();

function post(line: ReportLine): void {
  posted = posted.then(() => ask("report", line));
}

class PostingReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on("suite", (suite) => {
      if (suite.title) post({ kind: "suite", title: suite.title });
    });
    runner.on("pass", (test) => post({ kind: "pass", title: test.title, ms: test.duration ?? 0 }));
    runner.on("pending", (test) => post({ kind: "pending", title: test.title }));
    runner.on("fail", (test, error: Error) =>
      post({ kind: "fail", title: test.fullTitle(), text: error.stack ?? error.message }),
    );
  }
}
