import assert from "node:assert/strict";
import type { Finding, Run } from "../../src/core/run/run.ts";
import type { MeasureSettings } from "../../src/protocol/measureSettings.ts";
import {
  emitted,
  lineOf,
  MEASURE_LITTLE,
  profiledWorkspace,
  type Change,
} from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";

const SAMPLE_RATE = 1000;
const BLOCK_FRAMES = 100;
const BLOCKS_PER_SECOND = SAMPLE_RATE / BLOCK_FRAMES;
/** Shorter than a segment, so that all of it is one job of one worker. */
const SECONDS = 9;
/** Each block takes so long that the worker has told most of what it measured when it dies. */
const WORK = "for (const end = performance.now() + 15; performance.now() < end;);";
/** A lane tells what it measured at least this often. */
const MOST_LOST_MS = 500;
const MB = 2 ** 20;

/** Dies at six seconds. */
const dying = (death: string, isolation = "thread"): string => `
const kept = [];
export default { name: "Dies", blockFrames: ${BLOCK_FRAMES}, isolation: "${isolation}", stages: {
  works: ({ emit }) => ({ time }) => {
    ${WORK}
    emit("time", time);
  },
  dies: () => ({ time }) => {
    if (time >= 6) { ${death} } // HERE
  },
} };`;

const deathIn = (run: Run): Finding => {
  const found = run.findings.find(({ kind }) => kind === "worker-died");
  assert.ok(found, JSON.stringify(run.findings));
  assert.equal(found.severity, "error");
  assert.equal(run.state, "cancelled");
  return found;
};

describe("a worker that dies in the middle of its first job", () => {
  const workspace = profiledWorkspace();

  const profile = (text: string, change: Change = {}, measure: Partial<MeasureSettings> = {}): Promise<Run> =>
    workspace.profile(
      {
        "dies.pipeline.mjs": text,
        "recording.wav": wavFile({ sampleRate: SAMPLE_RATE, frames: SECONDS * SAMPLE_RATE }),
      },
      { measure: { ...MEASURE_LITTLE, ...measure }, ...change },
    );

  /** Of the blocks before it at most those of half a second are missing, and the run says up to where it goes. */
  const assertKept = (run: Run, died: Finding, mostLost = MOST_LOST_MS): void => {
    const works = run.stages[0];
    const blocks = works?.calls ?? 0;
    const least = 6 * BLOCKS_PER_SECOND - mostLost / 15;
    assert.ok(blocks >= least && blocks <= 6 * BLOCKS_PER_SECOND + 1, `${blocks} blocks`);
    const each = (works?.selfMs ?? 0) / blocks;
    // Others may have the processor meanwhile.
    assert.ok(each >= 15 && each < 60, `${each} ms a block`);
    assert.equal(emitted(run, "time").length, blocks);
    const [, until = ""] = /up to 0:0(\d\.\d)\./.exec(died.text) ?? [];
    assert.ok(Math.abs(Number(until) - blocks / BLOCKS_PER_SECOND) <= 0.11, `${died.text} ${blocks}`);
  };

  for (const [how, call] of [
    ["process.exit(3)", "process.exit(3)"],
    ["process.abort()", "process.abort()"],
    ['process.kill(PID, "SIGKILL")', 'process.kill(process.pid, "SIGKILL")'],
  ] as const) {
    it(`by ${how} has measured all before it, and the line is named`, async () => {
      const text = dying(`${call};`);
      const run = await profile(text);
      const died = deathIn(run);
      assertKept(run, died, 0);
      const line = lineOf(text, "HERE");
      const said = how.replace("PID", "\\d+").replaceAll(/[()]/g, "\\$&");
      assert.match(
        died.text,
        new RegExp(
          `^A worker died, .* Stage "dies" ends the process at 0:06\\.0 of recording\\.wav \\(dies\\.pipeline\\.mjs:${line}\\): ${said} was called\\. Take that call out\\.$`,
        ),
      );
      assert.deepEqual([died.where?.stage, died.where?.line], ["dies", line]);
    });
  }

  it("by an error outside of any call has told what it measured", async () => {
    const run = await profile(
      dying('setTimeout(() => { throw new Error("gone"); }); await_();')
        .replace("({ time }) => {\n    if", "async ({ time }) => {\n    if")
        .replace("await_()", "await new Promise(() => {})"),
    );
    const died = deathIn(run);
    assertKept(run, died);
    assert.match(died.text, /threw outside of any stage's call .*gone/);
  });

  it("by filling its heap has told what it measured", async () => {
    const run = await profile(dying("for (;;) kept.push(new Array(1000).fill(kept.length));"), {
      memoryLimit: 400 * MB,
    });
    const died = deathIn(run);
    assertKept(run, died);
    assert.match(
      died.text,
      /The pipeline (filled the JavaScript heap|needed more than 400\u202fMB of memory)/,
    );
  });

  it("by buffers beyond what it may hold has told what it measured", async () => {
    const run = await profile(dying("for (;;) kept.push(new Uint8Array(2 ** 22).fill(1));"), {
      memoryLimit: 400 * MB,
    });
    const died = deathIn(run);
    assertKept(run, died);
    assert.match(
      died.text,
      /The pipeline needed more than 400\u202fMB of memory in stage "dies" near 0:06\.0/,
    );
  });

  for (const [how, call, stage] of [
    ["process.abort()", "process.abort();", undefined],
    // It stands still long enough to be seen in it.
    ["SIGKILL", `${WORK.replace("+ 15", "+ 300")} process.kill(process.pid, "SIGKILL");`, "dies"],
  ] as const) {
    it(`by ${how} in a process of its own has told what it measured`, async () => {
      const run = await profile(dying(call, "process"));
      const died = deathIn(run);
      assertKept(run, died);
      assert.equal(died.where?.stage, stage);
      assert.match(died.text, /The process of the pipeline ended (in stage "dies" )?near 0:0(5\.\d|6\.0)/);
    });
  }

  it("has told its lines, too, where the pass is long", async () => {
    const text = dying("process.exit();").replace("+ 15", "+ 75");
    const run = await profile(text);
    deathIn(run);
    const hottest = run.lines[0];
    assert.deepEqual([hottest?.line, hottest?.stage], [lineOf(text, "performance.now()"), "works"]);
    assert.ok((hottest?.share ?? 0) > 0.8, `${hottest?.share}`);
  });
});

describe("a worker that dies after the recording was timed", () => {
  const workspace = profiledWorkspace();

  it("takes nothing from what was measured, and the run says that the rest is missing", async () => {
    // Only the pass that looks at memory begins the recording a second time in the same worker… or in another one.
    const run = await workspace.profile(
      {
        "dies.pipeline.mjs": `
import { existsSync, writeFileSync } from "node:fs";
const mark = new URL("./mark", import.meta.url);
export default { name: "Dies", blockFrames: ${BLOCK_FRAMES}, stages: {
  dies: () => {
    if (existsSync(mark)) process.exit(1);
    writeFileSync(mark, "");
    return ({ channels: [samples] }) => { samples[0] = 1; };
  },
} };`,
        "recording.wav": wavFile({ sampleRate: SAMPLE_RATE, frames: SECONDS * SAMPLE_RATE }),
      },
      { measure: { ...MEASURE_LITTLE, memory: true } },
    );
    const died = deathIn(run);
    assert.equal(run.stages[0]?.calls, SECONDS * BLOCKS_PER_SECOND);
    assert.match(
      died.text,
      /^A worker died after the recording had been timed, so what is measured after that is missing\. Stage "dies" ends the process/,
    );
    assert.deepEqual(
      run.passes.map(({ kind }) => kind),
      ["timed"],
    );
  });
});
