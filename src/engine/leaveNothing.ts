import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

/** Ends this process, its workers and whatever the pipeline started, and removes the run's work folder. Never returns. */
export function leaveNothing(workFolder: string): never {
  try {
    if (workFolder !== "") rmSync(workFolder, { recursive: true, force: true });
    endTree();
  } finally {
    process.exit(0);
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
