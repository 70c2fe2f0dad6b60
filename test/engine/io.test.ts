import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { createServer as createSocketServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileAccess } from "../../src/core/run/measured/io.ts";
import type { Run } from "../../src/core/run/run.ts";
import { emitted, lineOf, MEASURE_LITTLE, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const BLOCKS = 10;
const RECORDING = wavFile({ sampleRate: 1000, frames: BLOCKS * 100 });
const WITH_IO = { measure: { ...MEASURE_LITTLE, io: true } };

/** What one stage did with one file. */
function access(run: Run, path: string, stage: string): Omit<FileAccess, "ms"> | undefined {
  const found = run.io?.files.filter((file) => file.path === path && file.stage === stage) ?? [];
  assert.ok(found.length <= 1, `${path} is told ${found.length} times of stage "${stage}"`);
  if (!found[0]) return undefined;
  const { ms, ...counts } = found[0];
  assert.ok(ms > 0, `${ms} ms`);
  return counts;
}

describe("files that a pipeline opens", () => {
  const workspace = profiledWorkspace();

  it("are told by stage, with how they were opened, how often, and how many bytes went where", async () => {
    const text = "0123456789";
    const run = await workspace.profile(
      {
        "files.pipeline.mjs": `import fs, { readFileSync, openSync, readSync, closeSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import table from "./table.json" with { type: "json" };
const beside = (name) => join(dirname(fileURLToPath(import.meta.url)), name);
const old = createRequire(import.meta.url)("./old.cjs");
const weights = readFileSync(new URL("./weights.txt", import.meta.url));
export default { blockFrames: 100, stages: {
  named: ({ emit }) => () => { emit("named", readFileSync(beside("named.txt"), "utf8")); },
  whole: () => () => { old.read(beside("whole.txt")); fs.existsSync(beside("missing.txt")); },
  parts: () => {
    const file = openSync(beside("parts.txt"), "r");
    const four = new Uint8Array(4);
    return { process() { readSync(file, four, 0, 4, 0); }, finish() {
      closeSync(file);
      try { readSync(file, four, 0, 4, 0); } catch {} // Nobody knows what this number is now.
    } };
  },
  report: { scope: "file", create: () => async () => {
    const file = await open(beside("report.txt"), "w");
    await file.write("abc");
    await file.appendFile("défg");
    await file.close();
    await writeFile(beside("second.txt"), new Uint8Array(100));
    await new Promise((done) => fs.readFile(beside("named.txt"), done));
    for await (const _ of fs.createReadStream(beside("parts.txt"))) void _;
    await new Promise((done) => fs.createWriteStream(beside("stream.txt"), { flags: "a" }).end("stream", done));
  } },
} };`,
        "old.cjs": `const { readFileSync } = require("fs"); exports.read = (path) => readFileSync(path);`,
        "table.json": "{}",
        "weights.txt": "w".repeat(1000),
        "named.txt": text,
        "whole.txt": text.repeat(10),
        "parts.txt": text,
        "recording.wav": RECORDING,
      },
      WITH_IO,
    );
    const nothing = { opened: 0, bytesRead: 0, bytesWritten: 0 };
    const read = (path: string, stage: string, counts: Partial<FileAccess>): void => {
      assert.deepEqual(access(run, path, stage), { path, stage, mode: "r", ...nothing, ...counts });
    };
    const wrote = (path: string, counts: Partial<FileAccess>): void => {
      assert.deepEqual(access(run, path, "report"), {
        path,
        stage: "report",
        ...nothing,
        opened: 1,
        ...counts,
      });
    };
    read("weights.txt", "", { opened: 1, calls: 1, bytesRead: 1000 });
    read("named.txt", "named", { opened: BLOCKS, calls: BLOCKS, bytesRead: BLOCKS * 10 });
    read("whole.txt", "whole", { opened: BLOCKS, calls: BLOCKS, bytesRead: BLOCKS * 100 });
    read("missing.txt", "whole", { mode: "", calls: BLOCKS });
    read("parts.txt", "parts", { opened: 1, calls: 1 + BLOCKS, bytesRead: BLOCKS * 4 });
    read("named.txt", "report", { opened: 1, calls: 1, bytesRead: 10 });
    // The end is found by one more.
    read("parts.txt", "report", { opened: 1, calls: 3, bytesRead: 10 });
    wrote("report.txt", { mode: "w", calls: 3, bytesWritten: 3 + 5 });
    wrote("second.txt", { mode: "w", calls: 1, bytesWritten: 100 });
    wrote("stream.txt", { mode: "a", calls: 2, bytesWritten: 6 });
    assert.equal(run.io?.files.length, 10, JSON.stringify(run.io?.files, null, 2));
    assert.equal(run.io.filesLeftOut, 0);
    assert.deepEqual(run.io.network, []);
    assert.equal(readFileSync(join(workspace.path, "report.txt"), "utf8"), "abcdéfg");
    assert.deepEqual(new Set(emitted(run, "named")), new Set([text]));
  });

  it("count where the library opens them for a stage, and in a process of its own", async () => {
    const pipeline = (isolation: string): string => `import { openAudioFile } from "waveflame";
export default { blockFrames: 100, isolation: "${isolation}", stages: {
  again: { scope: "file", create: ({ file, emit }) => async () => {
    const source = await openAudioFile(file);
    emit("frames", source.frames);
    await source.close();
  } },
} };`;
    for (const isolation of ["thread", "process"]) {
      const run = await workspace.profile(
        { "library.pipeline.mjs": pipeline(isolation), "recording.wav": RECORDING },
        WITH_IO,
      );
      assert.deepEqual(emitted(run, "frames"), [BLOCKS * 100]);
      const opened = run.io?.files.find(({ path, mode }) => path === "recording.wav" && mode === "r");
      assert.equal(opened?.stage, "again");
      assert.ok(opened.opened >= 1 && opened.bytesRead >= 44, JSON.stringify(opened));
    }
  });

  it("are told once, however many passes there are, and as one over all workers", async () => {
    const run = await workspace.profile(
      {
        "workers.pipeline.mjs": `import { readFileSync } from "node:fs";
const words = readFileSync(new URL("./words.txt", import.meta.url));
export default { blockFrames: 100, stages: {
  anywhere: { scope: "block", create: () => () => { readFileSync(new URL("./words.txt", import.meta.url)); } },
} };`,
        "words.txt": "words",
        "recording.wav": RECORDING,
      },
      { ...WITH_IO, workers: 2, segmentSeconds: 0.1 },
    );
    assert.deepEqual(
      run.passes.map(({ kind }) => kind),
      ["timed", "alone", "sampled"],
    );
    assert.equal(access(run, "words.txt", "anywhere")?.calls, BLOCKS);
    assert.equal(access(run, "words.txt", "")?.opened, run.workers.used);
  });

  it("aren't looked at where the settings say so", async () => {
    const run = await workspace.profile({
      "off.pipeline.mjs": `import fs from "node:fs";
export default { stages: { off: ({ emit }) => () => emit("text", String(fs.readFileSync)) } };`,
    });
    assert.equal(run.io, null);
    assert.match(String(emitted(run, "text")[0]), /^function readFileSync/);
  });

  it("behave as ever: errors, stacks, arguments, promises made of callbacks", async () => {
    const text = `import fs from "node:fs";
import { readFile, open } from "node:fs/promises";
import { promisify } from "node:util";
const outcome = async (work) => { try { return await work(); } catch (error) { return error; } };
async function asks() {
  await readFile("/nowhere"); // ASKS
}
export default { stages: { same: { scope: "file", create: ({ emit, file }) => async () => {
  const sync = await outcome(() => fs.readFileSync("/nowhere")); // SYNC
  emit("sync", [sync.code, sync.path, sync.syscall, sync.stack]);
  const late = await outcome(asks);
  emit("late", [late.code, late.stack]);
  emit("called", await new Promise((done) => fs.readFile("/nowhere", (error, data) => done([error.code, data === undefined]))));
  emit("refused", [(await outcome(() => fs.readFile(file))).code, (await outcome(() => readFile(1.5))).code]);
  const handle = fs.openSync(file);
  const { bytesRead, buffer } = await promisify(fs.read)(handle, Buffer.alloc(4), 0, 4, 0);
  emit("promisified", [bytesRead, buffer.toString(), await promisify(fs.exists)(file)]);
  fs.closeSync(handle);
  const opened = await open(file);
  emit("handle", [(await opened.read(Buffer.alloc(4), 0, 4, 0)).buffer.toString(), (await opened.stat()).size > 0]);
  await opened.close();
  emit("same", [fs.readFile.name, fs.readFile.length, typeof fs.realpathSync.native, fs.realpathSync.native(file) === file]);
} } } };`;
    const run = await workspace.profile({ "same.pipeline.mjs": text, "recording.wav": RECORDING }, WITH_IO);
    const [sync] = emitted(run, "sync") as [string[]];
    assert.deepEqual(sync.slice(0, 3), ["ENOENT", "/nowhere", "open"]);
    const [late] = emitted(run, "late") as [string[]];
    assert.equal(late[0], "ENOENT");
    assert.match(late[1] ?? "", /at async asks/);
    assert.deepEqual(emitted(run, "called"), [["ENOENT", true]]);
    assert.deepEqual(emitted(run, "refused"), [["ERR_INVALID_ARG_TYPE", "ERR_INVALID_ARG_TYPE"]]);
    assert.deepEqual(emitted(run, "promisified"), [[4, "RIFF", true]]);
    assert.deepEqual(emitted(run, "handle"), [["RIFF", true]]);
    const { name, length } = { name: "readFile", length: 3 };
    assert.deepEqual(emitted(run, "same"), [[name, length, "function", true]]);
  });

  it("lead to the line of the stage where they fail", async () => {
    const text = `import { readFileSync } from "node:fs";
export default { stages: { fails: () => () => {
  readFileSync("/nowhere"); // HERE
} } };`;
    const failure = await workspace.failure({ "fails.pipeline.mjs": text }, WITH_IO);
    assert.match(failure.message, new RegExp(`fails\\.pipeline\\.mjs:${lineOf(text, "// HERE")}\\): ENOENT`));
  });

  it("cost the line that calls, under the sampler too", async () => {
    const text = `import { readFileSync } from "node:fs";
const path = new URL("./named.txt", import.meta.url);
export default { blockFrames: 1000, stages: { reads: () => ({ channels: [left] }) => {
  let sum = 0;
  for (const x of left) sum += Math.sin(x);
  for (let time = 0; time < 200; time++) readFileSync(path); // READS
} } };`;
    const run = await workspace.profile(
      {
        "reads.pipeline.mjs": text,
        "named.txt": "0123456789".repeat(100),
        "recording.wav": wavFile({ sampleRate: 10_000, frames: 2_400_000, encoding: "pcm8" }),
      },
      { ...WITH_IO, samplingBudgetMs: 300 },
    );
    assert.ok(run.passes[0]?.sampled, "The timed pass takes long, so it is sampled with calls counted.");
    const [hottest] = run.lines;
    assert.deepEqual([hottest?.line, hottest?.stage], [lineOf(text, "// READS"), "reads"]);
    const { callTree } = run;
    const names = callTree.functions.map(({ name }) => name);
    assert.ok(names.includes("readFileSync"), names.join(", "));
    assert.equal(names.includes("countsCall"), false, names.join(", "));
  });
});

describe("network calls of a pipeline", () => {
  const workspace = profiledWorkspace();
  let server: Server;
  let port = 0;
  /** How long it keeps each of them waiting, at least. */
  const WAIT_MS = 20;

  before(async () => {
    server = createServer((request, response) => {
      setTimeout(() => {
        if (request.url === "/broken") response.destroy();
        else response.end("answer");
      }, WAIT_MS);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("are told by stage and host, with how many failed and how long they took", async () => {
    const run = await workspace.profile(
      {
        "asks.pipeline.mjs": `import http from "node:http";
const get = (url) => new Promise((done, fail) => http.get(url, (answer) => answer.resume().on("end", done)).on("error", fail));
export default { blockFrames: 100, stages: {
  fetches: () => async () => { await (await fetch("http://127.0.0.1:${port}/")).text(); },
  gets: () => async () => { await get("http://127.0.0.1:${port}/"); },
  fails: { scope: "file", create: () => async () => {
    await fetch("http://127.0.0.1:${port}/broken").catch(() => {});
    await get("http://127.0.0.1:${port}/broken").catch(() => {});
  } },
  quiet: () => () => {},
} };`,
        "recording.wav": RECORDING,
      },
      WITH_IO,
    );
    const host = `127.0.0.1:${port}`;
    const found = (run.io?.network ?? []).map(({ ms, ...counts }) => {
      assert.ok(ms >= counts.calls * WAIT_MS, `${ms} ms of ${counts.calls} calls`);
      return counts;
    });
    assert.deepEqual(
      found.sort((a, b) => (a.stage < b.stage ? -1 : 1)),
      [
        { host, stage: "fails", calls: 2, failed: 2 },
        { host, stage: "fetches", calls: BLOCKS, failed: 0 },
        { host, stage: "gets", calls: BLOCKS, failed: 0 },
      ],
    );
    const [fetches] = run.stages;
    const waited = (fetches?.wallMs ?? 0) - (fetches?.selfMs ?? 0);
    assert.ok(waited >= (BLOCKS * WAIT_MS) / 2, `${waited} ms of waiting beside its work`);
  });

  it("count where a stage uses a socket itself", async () => {
    const echo = createSocketServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(echo, "listening");
    const at = (echo.address() as AddressInfo).port;
    try {
      const run = await workspace.profile(
        {
          "socket.pipeline.mjs": `import net from "node:net";
export default { stages: { talks: { scope: "file", create: () => async () => {
  for (const port of [${at}, ${at}]) await new Promise((done) => net.connect(port, "127.0.0.1").resume().on("close", done));
} } } };`,
        },
        WITH_IO,
      );
      assert.deepEqual(
        run.io?.network.map(({ host, stage, calls, failed }) => ({ host, stage, calls, failed })),
        [{ host: `127.0.0.1:${at}`, stage: "talks", calls: 2, failed: 0 }],
      );
    } finally {
      echo.close();
    }
  });
});
