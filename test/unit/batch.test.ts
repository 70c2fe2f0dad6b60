import assert from "node:assert/strict";
import { BatchProgress, profileEach } from "../../src/client/profiling/batch.ts";
import { inEnglish } from "../../src/client/translate.ts";
import { runLine } from "../../src/core/report/runLine.ts";
import type { Progress } from "../../src/protocol/engine.ts";
import { exampleRun } from "../support/exampleRun.ts";

const SAMPLING: Progress = {
  phase: "sampled",
  stage: null,
  segment: 1,
  segments: 1,
  audioSeconds: 0,
  totalSeconds: 10,
  leftSeconds: null,
};

describe("several recordings", () => {
  it("are profiled as many at once as was asked for, each once", async () => {
    for (const jobs of [1, 3]) {
      let underWay = 0;
      let most = 0;
      const done: number[] = [];
      await profileEach([10, 20, 30, 40, 50], jobs, async (recording) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        done.push(recording);
        return "next";
      });
      assert.deepEqual(done, [10, 20, 30, 40, 50]);
      assert.equal(most, jobs);
    }
  });

  it("aren't begun any more once all of them would meet the same", async () => {
    const begun: number[] = [];
    const left = await profileEach([0, 1, 2, 3, 4, 5], 2, async (recording) => {
      begun.push(recording);
      await new Promise(setImmediate);
      return recording === 1 ? "stop" : "next";
    });
    assert.ok(begun.length < 6 && begun.includes(1), begun.join());
    assert.deepEqual([...begun, ...left], [0, 1, 2, 3, 4, 5]);
  });

  it("are told in one line and one bar", () => {
    const progress = new BatchProgress(4, inEnglish);
    progress.begin(0, "a.wav");
    assert.equal(progress.text, "a.wav (1/4): starting");
    progress.tell(0, SAMPLING);
    assert.equal(progress.text, "a.wav (1/4): sampling the lines");
    assert.equal(progress.part, 0.65 / 4);
    progress.begin(1, "b.wav");
    assert.equal(progress.text, "0 of 4 done, a.wav 65\u202f%, b.wav 0\u202f%");
    progress.end(0);
    progress.begin(2, "c.wav");
    assert.equal(progress.text, "1 of 4 done, b.wav 0\u202f%, c.wav 0\u202f%");
    assert.equal(progress.part, 0.25);
    const only = new BatchProgress(1, inEnglish);
    only.begin(0, "a.wav");
    assert.equal(only.text, "a.wav: starting");
  });

  it("have a line each: how much audio, how long it took, how fast that is", () => {
    const run = {
      ...exampleRun,
      audio: { ...exampleRun.audio, path: "takes/speech.wav", frames: 196_800, sampleRate: 16_000 },
      passes: [],
      totals: { ...exampleRun.totals, wallMs: 182, speed: 67.6 },
    };
    assert.equal(runLine(run), "speech.wav · 12.3\u202fs of audio · 182\u202fms elapsed, 67.6× real time");
  });
});
