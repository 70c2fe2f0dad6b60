import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DRAFTS_FOLDER, isDraftName } from "../core/names/drafts.ts";

/**
 * Ends this process, its workers and whatever the pipeline started, and removes the run's work folder, with the drafts of
 * what the pipeline was writing. Never returns.
 */
export function leaveNothing(workFolder: string): never {
  try {
    if (workFolder !== "") {
      removeDrafts(join(workFolder, DRAFTS_FOLDER));
      rmSync(workFolder, { recursive: true, force: true });
    }
  } catch {
    // Windows keeps what is open; the next run removes it.
  }
  try {
    endTree();
  } finally {
    process.exit(0);
  }
}

/** As the client does it; but nothing can be waited for here. */
function removeDrafts(list: string): void {
  try {
    for (const entry of readdirSync(list)) {
      const draft = readFileSync(join(list, entry), "utf8");
      if (isDraftName(basename(draft))) rmSync(draft, { force: true });
    }
  } catch {
    // There is no list where nothing was written, and at this point nobody who could be told.
  }
}

/** The engine leads a process group of its own; Windows has none, but remembers parents. */
function endTree(): void {
  if (process.platform !== "win32") {
    process.kill(-process.pid, "SIGKILL");
    return;
  }
  const taskkill = join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", "taskkill.exe");
  spawn(taskkill, ["/PID", String(process.pid), "/T", "/F"], { detached: true, stdio: "ignore" }).unref();
}
