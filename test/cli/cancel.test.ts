import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { RunStore } from "../../src/client/runs/runStore.ts";
import type { Run } from "../../src/core/run/run.ts";
import { startWaveflame, type Started } from "../support/commandLine.ts";
import { pipelineText, writePipeline, writeTone } from "../support/smallWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

interface Held extends Started {
  /** Fulfilled when no thread of the engine is left. */
  readonly gone: () => Promise<unknown>;
}

/** The pipelines here hold a connection to the test, so that it hears where they are, and when their process has ended. */
describe("ending waveflame early", () => {
  const folder = temporaryFolder();
  let server: Server;

  beforeEach(async function () {
    if (process.platform === "win32") {
      console.log("      not on Windows: a test can't send Ctrl-C to one process there");
      this.skip();
    }
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    await writeTone(join(folder.path, "tone.wav"), 4);
  });
  afterEach(() => {
    server.close();
  });

  /** Started, and come to the block at which its stage does what is said. */
  async function heldAt(seconds: number, what: string, ...args: readonly string[]): Promise<Held> {
    const { port } = server.address() as AddressInfo;
    const connection = `import { connect } from "node:net";
const socket = connect(${port}, "127.0.0.1");
const connected = new Promise((resolve) => socket.once("connect", resolve));`;
    const stage = `a: () => async ({ time }) => {
  if (time < ${seconds}) return;
  await connected;
  socket.write("here");
  ${what}
},`;
    await writePipeline(folder.path, "held.pipeline.ts", pipelineText(stage, connection));
    const closings: Promise<unknown>[] = [];
    const arrived = new Promise((resolve) => {
      server.on("connection", (socket) => {
        socket.once("data", resolve).on("error", () => undefined);
        closings.push(new Promise((closed) => socket.once("close", closed)));
      });
    });
    const started = startWaveflame(folder.path, ["profile", "tone.wav", ...args]);
    await Promise.race([arrived, started.ended]);
    return { ...started, gone: () => Promise.all(closings) };
  }

  it("with Ctrl-C in an endless loop leaves no process and no run", async () => {
    const { child, ended, gone } = await heldAt(0, "for (;;);");
    child.kill("SIGINT");
    const { code, out, error } = await ended;
    assert.deepEqual([code, out], [2, ""]);
    assert.match(error, /^error: [^\n]*cancelled before anything was measured[^\n]*\n$/);
    await gone();
    assert.deepEqual(await new RunStore({ workspace: folder.path, fallback: null }).ids(), []);
  });

  it("with Ctrl-C keeps what was measured until then, and begins no other recording", async () => {
    const files = ["never.wav", "--json", "-", "--set", "segmentSeconds=1"];
    const { child, ended, gone } = await heldAt(
      2.5,
      "await new Promise((resolve) => setTimeout(resolve, 50));",
      ...files,
    );
    child.kill("SIGINT");
    const { code, out, error } = await ended;
    assert.equal(code, 2);
    await gone();
    const runs = JSON.parse(out) as Run[];
    assert.deepEqual(
      runs.map(({ state, audio }) => [state, audio.path]),
      [["cancelled", "tone.wav"]],
      error,
    );
    assert.match(error, /^1 of 2 recordings profiled, all but never\.wav\.$/m);
    assert.doesNotMatch(error, /on never\.wav|never\.wav ·/);
  });

  it("by force leaves no process either", async () => {
    const { child, ended, gone } = await heldAt(0, "for (;;);");
    child.kill("SIGKILL");
    await ended;
    await gone();
  });
});
