import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { startWaveflame, waveflame } from "../support/commandLine.ts";
import { pipelineText, writePipeline, writeTone } from "../support/smallWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** A run in the midst of writing a file. */
interface Held {
  readonly child: ReturnType<typeof startWaveflame>["child"];
  readonly ended: Promise<unknown>;
  /** The engine's process. */
  readonly engine: number;
  /** Fulfilled when the engine is no more. */
  readonly gone: Promise<unknown>;
}

describe("what a crash leaves", () => {
  const folder = temporaryFolder();
  const temporary = (): string => join(folder.path, "temporary");
  const environment = (): Record<string, string> => ({
    TMPDIR: temporary(),
    TEMP: temporary(),
    TMP: temporary(),
  });
  const drafts = (): string[] => readdirSync(folder.path).filter((name) => name.endsWith(".tmp"));

  async function held(): Promise<Held> {
    mkdirSync(temporary());
    await writeTone(join(folder.path, "tone.wav"));
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const connected = once(server, "connection") as Promise<[Socket]>;
    // A file stage: the rendered recording lies in the work folder, and a draft beside the recording.
    const holds = `holds: { scope: "file", create: ({ file }) => async () => {
  const writer = await WavWriter.create(besideFile(file, "report.wav"), { sampleRate: 8000, channelCount: 1 });
  await writer.write([new Float32Array(100)]);
  const socket = connect(${(server.address() as AddressInfo).port}, "127.0.0.1");
  socket.write(String(process.pid));
  await new Promise(() => {});
} },`;
    const imports = 'import { besideFile, WavWriter } from "waveflame";\nimport { connect } from "node:net";';
    await writePipeline(folder.path, "holds.pipeline.ts", pipelineText(holds, imports));
    const { child, ended } = startWaveflame(folder.path, ["profile", "tone.wav"], environment());
    const [socket] = await connected;
    server.close();
    // An engine that is ended by force may reset the connection.
    const gone = new Promise((resolve) => socket.on("error", () => undefined).once("close", resolve));
    const [engine] = (await once(socket, "data")) as [Buffer];
    assert.equal(drafts().length, 1);
    return { child, ended, engine: Number(engine), gone };
  }

  it("is removed by the engine, when the command line was ended by force", async () => {
    const { child, ended, gone } = await held();
    child.kill("SIGKILL");
    await ended;
    await gone;
    assert.deepEqual(drafts(), []);
    assert.deepEqual(readdirSync(temporary()), []);
  });

  it("is removed at the next start, when the command line and its engine were ended by force", async function () {
    if (process.platform === "win32") {
      console.log("      not on Windows: a process can't be stopped there before it is ended");
      this.skip();
    }
    const { child, ended, engine, gone } = await held();
    // Stopped, so that it can't remove what the engine leaves.
    child.kill("SIGSTOP");
    process.kill(engine, "SIGKILL");
    await gone;
    child.kill("SIGKILL");
    await ended;
    assert.equal(readdirSync(temporary()).length, 1);
    assert.equal(drafts().length, 1);

    await writePipeline(folder.path, "holds.pipeline.ts", pipelineText("quick: () => () => {},"));
    const { code, error } = await waveflame(folder.path, ["profile", "tone.wav"], environment());
    assert.equal(code, 0, error);
    assert.deepEqual(readdirSync(temporary()), []);
    assert.deepEqual(drafts(), []);
  });
});
