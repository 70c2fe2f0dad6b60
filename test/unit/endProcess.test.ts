import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { endProcess } from "../../src/client/process/endProcess.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("ending a process on Windows", () => {
  const folder = temporaryFolder();

  beforeEach(function () {
    if (process.platform === "win32") {
      console.log("      not on Windows: a script can't stand for taskkill.exe");
      this.skip();
    }
  });

  const child = (): ChildProcess =>
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });

  /** A folder of Windows whose taskkill notes what it was asked, and does that. */
  async function windows(does: string): Promise<string> {
    const place = join(folder.path, "Windows", "System32");
    await mkdir(place, { recursive: true });
    const program = join(place, "taskkill.exe");
    await writeFile(program, `#!/bin/sh\necho "$@" > '${join(folder.path, "asked")}'\n${does}\n`);
    await chmod(program, 0o755);
    return join(folder.path, "Windows");
  }

  it("asks the system's own taskkill to end the whole tree", async () => {
    const env = { SystemRoot: await windows("kill -9 $2") };
    const running = child();
    endProcess(running, "win32", env);
    await once(running, "exit");
    assert.equal(await readFile(join(folder.path, "asked"), "utf8"), `/PID ${running.pid} /T /F\n`);
  });

  it("ends at least the process itself where that is refused, or isn't there", async () => {
    for (const env of [{ SystemRoot: await windows("exit 128") }, { SystemRoot: folder.path }]) {
      const running = child();
      endProcess(running, "win32", env);
      await once(running, "exit");
      assert.equal(running.signalCode, "SIGKILL");
    }
  });

  it("leaves the number of an ended process alone, which may be another's by now", async () => {
    const env = { SystemRoot: await windows("exit 0") };
    const ended = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
    await once(ended, "exit");
    endProcess(ended, "win32", env);
    const running = child();
    endProcess(running, "win32", { SystemRoot: await windows("kill -9 $2") });
    await once(running, "exit");
    assert.equal(await readFile(join(folder.path, "asked"), "utf8"), `/PID ${running.pid} /T /F\n`);
  });
});
