import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** Ends a child that leads a process group of its own, with everything that it started; at once, and only if it lives. */
export function endProcess(child: ChildProcess, platform = process.platform, env = process.env): void {
  if (child.pid === undefined) return;
  if (platform === "win32") endTree(child, child.pid, env);
  else endGroup(child.pid);
}

/** A group may outlive its leader. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

/** Windows has no groups, and forgets whose child a process is when its parent has ended: the whole tree goes at once. */
function endTree(child: ChildProcess, pid: number, env: NodeJS.ProcessEnv): void {
  // Another process may have the number of one that has ended.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const alone = (): void => void child.kill("SIGKILL");
  const taskkill = join(env["SystemRoot"] ?? "C:\\Windows", "System32", "taskkill.exe");
  // Detached, so that it does its work even where the editor ends meanwhile.
  const ending = spawn(taskkill, ["/PID", String(pid), "/T", "/F"], {
    detached: true,
    stdio: "ignore",
    windowsHide: true,
  });
  ending.once("error", alone).once("exit", (code) => {
    if (code !== 0) alone();
  });
  ending.unref();
}
