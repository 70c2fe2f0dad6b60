import assert from "node:assert/strict";
import type { ProfileFailure } from "../../src/client/process/engineClient.ts";
import { lineOf, profiledWorkspace, type Change, type Files } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const MB = 2 ** 20;
const IMPATIENT: Change = { stallSeconds: 1 };
const FOUR_SECONDS = wavFile({ sampleRate: 1000, frames: 4000 });

/** Quiet for two seconds of audio, then the body; a thousand frames a block. */
const lateStage = (body: string, before = ""): Files => ({
  "late.pipeline.ts": `
${before}
interface Types { readonly shift: number }
export default {
  name: "Late",
  blockFrames: 1000,
  stages: {
    late: () => (block: { time: number; channels: Float32Array[] }) => {
      const types: Types = { shift: block.time };
      if (types.shift >= 2) {
        ${body}
      }
    },
    silent: { scope: "file", create: () => () => {} },
  },
};
`,
  "recording.wav": FOUR_SECONDS,
});

const textOf = (files: Files): string => String(files["late.pipeline.ts"]);

describe("a pipeline that doesn't go on", () => {
  const workspace = profiledWorkspace();

  /** A good one can be profiled right after it. */
  const failure = async (files: Files, change?: Change): Promise<ProfileFailure> => {
    const failed = await workspace.failure(files, change);
    await workspace.profile({ "good.pipeline.mjs": `export default { stages: { pass: () => () => {} } };` });
    return failed;
  };

  it("because a promise never settles is ended and says which stage waits, and where", async () => {
    const { message, details } = await failure(lateStage("return new Promise(() => {});"), IMPATIENT);
    assert.equal(
      message,
      `Stage "late" waits for a promise that hasn't settled for 1.00\u202fs at 0:02.0 of recording.wav. Mend it, or raise waveflame.stallSeconds if it needs so long.`,
    );
    assert.deepEqual(details, { kind: "stall", where: { stage: "late", time: 2 } });
  });

  it("because it loops for ever is ended and names the line", async () => {
    const files = lateStage("for (let turns = 0; ; turns++)\n          types.shift > turns; // HERE");
    const { message, details } = await failure(files, IMPATIENT);
    const line = details.where?.line ?? 0;
    assert.ok(Math.abs(line - lineOf(textOf(files), "HERE")) <= 1, message);
    assert.equal(
      message,
      `Stage "late" has been busy for 1.00\u202fs at 0:02.0 of recording.wav (late.pipeline.ts:${line}). Mend it, or raise waveflame.stallSeconds if it needs so long.`,
    );
    assert.deepEqual(details, {
      kind: "stall",
      where: { stage: "late", time: 2, file: "late.pipeline.ts", line },
    });
  });

  it("because it loops for ever in a helper's file names that file", async () => {
    const helper = "export const wait = (): void => {\n  for (;;); // HERE\n};\n";
    const { details } = await failure(
      { ...lateStage("spin();", `import { wait as spin } from "./helper.ts";`), "helper.ts": helper },
      IMPATIENT,
    );
    assert.equal(details.where?.file, "helper.ts");
    assert.equal(details.where.line, lineOf(helper, "HERE"));
  });

  it("because the system never answers is ended all the same", async function () {
    if (process.platform === "win32") {
      console.log("      not run: Windows has no such files");
      this.skip();
    }
    // Nobody ever writes to it: opening it waits in a thread that can't be ended.
    const body = `execFileSync("mkfifo", ["fifo"].map(inHere)); return open(inHere("fifo"));`;
    const before = `
import { execFileSync } from "node:child_process";
import { open } from "node:fs/promises";
const inHere = (name: string): string => import.meta.dirname + "/" + name;`;
    const { details } = await failure(lateStage(body, before), IMPATIENT);
    assert.deepEqual(details, { kind: "stall", where: { stage: "late", time: 2 } });
  });

  it("because a regular expression backtracks for ever is ended and names the stage", async () => {
    const { message, details } = await failure(
      lateStage(`/^(\\w+\\s?)*$/.test("waveform ".repeat(40) + "!");`),
      IMPATIENT,
    );
    assert.match(message, /^Stage "late" has been busy for 1\.00\u202fs at 0:02\.0 of recording\.wav/);
    assert.equal(details.kind, "stall");
  });

  it("because it sleeps is ended and names the stage", async () => {
    const { message, details } = await failure(
      lateStage("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);"),
      IMPATIENT,
    );
    assert.match(message, /^Stage "late" has been busy for 1\.00\u202fs at 0:02\.0 of recording\.wav/);
    assert.equal(details.kind, "stall");
  });

  it("because it loops for ever while it is loaded is ended and names the line", async () => {
    const files = lateStage("", "for (;;); // HERE");
    const { message, details } = await failure(files, IMPATIENT);
    assert.equal(
      message,
      `late.pipeline.ts hasn't finished loading for 1.00\u202fs (late.pipeline.ts:${lineOf(textOf(files), "HERE")}). Mend it, or raise waveflame.stallSeconds if it needs so long.`,
    );
    assert.equal(details.kind, "stall");
  });

  it("because it waits for ever while it is loaded is ended", async () => {
    const { message, details } = await failure(lateStage("", "await new Promise(() => {});"), IMPATIENT);
    assert.match(message, /^late\.pipeline\.ts .*loading/);
    assert.equal(details.kind, "stall");
  });

  it("because it ends the process while it is loaded is told so, with the line", async () => {
    const { message, details } = await failure(lateStage("", "process.exit(); // HERE"));
    assert.equal(
      message,
      "late.pipeline.ts ends the process while it is loaded (late.pipeline.ts:2): process.exit() was called. Take that call out.",
    );
    assert.equal(details.kind, "exit");
  });

  it("because it fills the heap says so", async () => {
    const { message, details } = await failure(
      lateStage("for (const kept: unknown[] = []; ; ) kept.push(new Array(1000).fill(kept.length));"),
      { memoryLimit: 300 * MB },
    );
    assert.match(
      message,
      /^The pipeline (filled the JavaScript heap|needed more than 300\u202fMB of memory).*\.$/,
    );
    assert.equal(details.kind, "memory");
  });

  it("because it fills the memory with buffers says so", async () => {
    const { message, details } = await failure(
      lateStage("for (const kept: Uint8Array[] = []; ; ) kept.push(new Uint8Array(2 ** 23).fill(1));"),
      { memoryLimit: 400 * MB },
    );
    assert.match(message, /^The pipeline needed more than 400\u202fMB of memory.*\.$/);
    assert.equal(details.kind, "memory");
  });
});
