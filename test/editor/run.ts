// The editor suite: every session in a real VS Code, driven through its page. `run.ts [SESSION…]`
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleTests } from "./harness/bundle.ts";
import { findDesktopEditor } from "./harness/desktop.ts";
import type { Counts } from "./harness/report.ts";
import { runSession } from "./harness/session.ts";
import { SESSIONS } from "./harness/sessions.ts";

const root = join(import.meta.dirname, "..", "..");
const wanted = process.argv.slice(2);
const sessions = SESSIONS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const counts: Counts = { passed: 0, failed: 0 };

execFileSync(process.execPath, [join(root, "scripts", "package.mjs")], {
  stdio: ["ignore", "ignore", "inherit"],
});
const tests = await bundleTests(
  root,
  sessions.map(({ name }) => name),
);
const desktop = await findDesktopEditor(join(root, "out", "vscode"));
console.error(`  ${desktop ?? "the embedded VS Code"}`);
for (const session of sessions) {
  if (desktop !== null && session.embeddedOnly !== undefined) {
    console.error(`    - ${session.name}: left out on the desktop, because ${session.embeddedOnly}`);
    continue;
  }
  await runSession(session, { root, desktop, vsix: join(root, "dist", "waveflame.vsix"), tests }, counts);
}
const file = process.env["WAVEFLAME_COUNTS"];
if (file) await writeFile(file, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
