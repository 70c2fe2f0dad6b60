import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const LEAVE_NOTHING = new URL("../../src/engine/leaveNothing.ts", import.meta.url).href;

/** Lives until it is ended, and holds what is printed open as long. */
const STARTED_BY_PIPELINE = "setInterval(() => {}, 1000); console.log('lives')";

describe("an engine whose client is gone", () => {
  const folder = temporaryFolder();

  /** Starts a process as a pipeline would, then leaves; fulfilled when both have ended. */
  async function leave(workFolder: string): Promise<NodeJS.Signals | null> {
    const code = `
      import { spawn } from "node:child_process";
      import { leaveNothing } from ${JSON.stringify(LEAVE_NOTHING)};
      const child = spawn(process.execPath, ["-e", ${JSON.stringify(STARTED_BY_PIPELINE)}], { stdio: ["ignore", "pipe", "inherit"] });
      child.stdout.once("data", () => leaveNothing(${JSON.stringify(workFolder)}));`;
    const engine = spawn(process.execPath, ["--input-type=module", "-e", code], {
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [, signal] = (await once(engine, "close")) as [number | null, NodeJS.Signals | null];
    return signal;
  }

  it("ends itself and what the pipeline started, and removes its work folder", async function () {
    // Windows has no groups of processes: the tree is ended by its own program.
    if (process.platform === "win32") this.skip();
    const work = join(folder.path, "work");
    mkdirSync(work);
    assert.equal(await leave(work), "SIGKILL");
    assert.ok(!existsSync(work));
  });

  it("does so, too, where the folder can't be removed", async function () {
    if (process.platform === "win32") this.skip();
    const nobodyCanRemove = join(folder.path, "x".repeat(300));
    assert.throws(() => {
      rmSync(nobodyCanRemove, { recursive: true, force: true });
    });
    assert.equal(await leave(nobodyCanRemove), "SIGKILL");
  });
});
