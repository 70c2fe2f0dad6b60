#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ownRuntime } from "./client/commandLine/ownRuntime.ts";
import { runCommandLine } from "./client/commandLine/run.ts";
import { stopSignal } from "./client/commandLine/stopSignal.ts";
import { userStorage } from "./client/commandLine/storage.ts";
import { terminalOf } from "./client/commandLine/terminal.ts";

const dist = __dirname;
const { version } = JSON.parse(readFileSync(join(dist, "..", "package.json"), "utf8")) as { version: string };

const exitCode = runCommandLine(process.argv.slice(2), {
  folder: process.cwd(),
  terminal: terminalOf(process.stdout, process.stderr, process.env),
  enginePath: join(dist, "engine", "engine.js"),
  pipelinesPath: join(dist, "pipelines"),
  version,
  own: ownRuntime(join(dist, "..")),
  storage: userStorage(process.platform, homedir(), process.env),
  stop: stopSignal(),
});
void exitCode.then((code) => {
  process.exitCode = code;
});
