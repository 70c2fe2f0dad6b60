// Stands between a launcher and the server: when either ends, however that happened, nothing of the server stays.
// Forked detached with an IPC channel: `keeper.mjs FOLDERS SERVER-MAIN ARGUMENTS…`; tells {port} or {failed}.
// FOLDERS, a JSON array, are removed at the end.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

const REMOVAL_MS = 10_000;
const PAUSE_MS = 100;

const [folders, main, ...args] = process.argv.slice(2);
const server = spawn(process.execPath, [main, ...args], {
  // A group of its own, so that its extension host and their children end with it.
  detached: process.platform !== "win32",
  stdio: ["ignore", "pipe", "pipe"],
  windowsHide: true,
});
const last = [];
for (const stream of [server.stdout, server.stderr]) {
  createInterface({ input: stream }).on("line", (line) => {
    last.push(line);
    if (last.length > 20) last.shift();
    const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
    if (port) tell({ port: Number(port) });
  });
}
server.once("error", (error) => tell({ failed: error.message }));
server.once("exit", () => {
  tell({ failed: last.join("\n") });
  end();
});
process.once("disconnect", end);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

function tell(message) {
  if (process.connected) process.send(message);
}

let ending = false;

function end() {
  if (ending) return;
  ending = true;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(server.pid), "/t", "/f"], { windowsHide: true });
  } else {
    try {
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // The whole group has ended by itself.
    }
  }
  remove(JSON.parse(folders), Date.now() + REMOVAL_MS);
}

/** A browser that is still ending may write once more, so what is gone must also stay gone. */
function remove(existing, deadline, gone = false) {
  for (const folder of existing) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something is being written there right now.
    }
  }
  const left = existing.some((folder) => existsSync(folder));
  if ((gone && !left) || Date.now() > deadline) process.exit();
  setTimeout(() => remove(existing, deadline, !left), PAUSE_MS);
}
