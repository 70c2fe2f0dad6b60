import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { startWaveflame, waveflame } from "../support/commandLine.ts";
import { pipelineText, writePipeline, writeTone } from "../support/smallWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("what a crash leaves", () => {
  const folder = temporaryFolder();

  it("is removed at the next start, when the command line and its engine were ended by force", async function () {
    if (process.platform === "win32") {
      console.log("      not on Windows: a process can't be stopped there before it is ended");
      this.skip();
    }
    const temporary = join(folder.path, "temporary");
    mkdirSync(temporary);
    const env = { TMPDIR: temporary };
    await writeTone(join(folder.path, "tone.wav"));
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const connected = once(server, "connection") as Promise<[Socket]>;

    // A file stage: the rendered recording lies in the work folder.
    const holds = `holds: { scope: "file", create: () => async () => {
  const socket = connect(${(server.address() as AddressInfo).port}, "127.0.0.1");
  socket.write(String(process.pid));
  await new Promise(() => {});
} },`;
    await writePipeline(
      folder.path,
      "holds.pipeline.ts",
      pipelineText(holds, 'import { connect } from "node:net";'),
    );
    const { child, ended } = startWaveflame(folder.path, ["profile", "tone.wav"], env);
    const [socket] = await connected;
    const [engine] = (await once(socket, "data")) as [Buffer];
    // Stopped, so that it can't remove what the engine leaves.
    child.kill("SIGSTOP");
    const gone = once(socket, "close");
    process.kill(Number(engine), "SIGKILL");
    await gone;
    child.kill("SIGKILL");
    await ended;
    server.close();
    assert.equal(readdirSync(temporary).length, 1);

    await writePipeline(folder.path, "holds.pipeline.ts", pipelineText("quick: () => () => {},"));
    const { code, error } = await waveflame(folder.path, ["profile", "tone.wav"], env);
    assert.equal(code, 0, error);
    assert.deepEqual(readdirSync(temporary), []);
  });
});
