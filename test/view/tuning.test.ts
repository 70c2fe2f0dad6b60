import assert from "node:assert/strict";
import type { MemoryFacts } from "../../src/core/run/run.ts";
import type { IoFacts } from "../../src/core/run/measured/io.ts";
import type { TimeSeries } from "../../src/core/run/measured/series.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";
import { panelSuite } from "../support/view/suite.ts";

describe("the tuning page", () => {
  const { open, read, asked } = panelSuite();

  it("says what the machine is, what it used and why", async () => {
    await open({ view: "tuning" });
    const machine = await read(".machine");
    for (const fact of [
      /Processor\s+Intel Core i7-1165G7, 2\.80 GHz/,
      /Cores\s+4 physical, 8 logical/,
      /GPU\s+Iris Xe, memory unknown/,
      /SIMD\s+SSE, SSE2, SSE3, SSE4\.1, SSE4\.2, AVX, AVX2, FMA/,
      /Runtime\s+Node 24\.21\.0/,
    ]) {
      assert.match(machine, fact);
    }
    assert.match(await read(".workers"), /4 workers used, 6 by rule\. 4 workers, because the setting/);
  });

  it("writes unknown where nothing is known", async () => {
    const { machine } = exampleRun;
    await open(
      { view: "tuning" },
      {
        ...exampleRun,
        machine: {
          ...machine,
          cpu: "unknown",
          frequencyGHz: "unknown",
          physicalCores: "unknown",
          disk: "unknown",
          gpus: [],
          simd: "unknown",
        },
      },
    );
    const words = await read(".machine");
    for (const fact of [
      /Processor\s+unknown\n/,
      /Cores\s+unknown physical/,
      /GPU\s+none/,
      /SIMD\s+unknown/,
    ]) {
      assert.match(words, fact);
    }
  });

  it("shows the parameters that were changed, and the others on request", async () => {
    const { page } = await open({ view: "tuning" });
    assert.match(
      await read(".measuring"),
      /Parameters\s+compressor\.ratio 3\.14159265\s+2 parameters as declared$/,
    );
    await page.click(".more-parameters summary");
    assert.match(await read(".more-parameters"), /compressor: kneeDb 2\s+limiter: ceiling −1/);
  });

  it("says which part of the recording a pass ended with", async () => {
    const passes = exampleRun.passes.map((pass) =>
      pass.kind === "alone" ? { ...pass, wallMs: 3010, frames: 20 * 48_000 } : pass,
    );
    await open({ view: "tuning" }, { ...exampleRun, passes });
    const words = await read(".measuring");
    assert.match(words, /Timed\s+10\.9 s · 81,000 stage calls/);
    assert.match(words, /One worker alone\s+3\.01 s · the first 20\.0 s of audio · 81,000 stage calls/);
  });

  it("compares with one worker only where one was measured alone", async () => {
    const passes = exampleRun.passes.filter(({ kind }) => kind !== "alone");
    await open({ view: "tuning" }, { ...exampleRun, state: "cancelled", passes });
    assert.match(await read(".workers"), /13\.2× real time\. One worker alone wasn't measured/);
  });

  it("says what was held in memory, and what was given up where that was too much", async () => {
    await open({ view: "tuning" });
    assert.match(await read(".memory"), /Peak\s+143 MB[^]+Neither mark was passed\./);
  });

  it("tells when a mark was passed, and what was done", async () => {
    const memory: MemoryFacts = {
      peakMB: 1600,
      highWaterMB: 1024,
      criticalMB: 1536,
      readAheadFrames: 2_400_000,
      events: [
        { kind: "high-water", atMs: 3200, residentMB: 1100, readAheadFrames: 4_800_000 },
        { kind: "critical", atMs: 4100, residentMB: 1600, readAheadFrames: 2_400_000 },
      ],
    };
    await open({ view: "tuning" }, { ...exampleRun, memory });
    const words = await read(".memory");
    assert.match(words, /Peak\s+1\.56 GB/);
    assert.match(words, /Read ahead\s+at most 2,400,000 frames in the end/);
    assert.match(
      words,
      /Above 1\.00 GB at 3\.20 s: read-ahead halved, to 4,800,000 frames \(1\.07 GB held\)/,
    );
    assert.match(words, /Above 1\.50 GB at 4\.10 s: what was read ahead was dropped, and garbage collected/);
  });

  it("says how memory, processor and disks were over time, where that was looked at", async () => {
    const series: TimeSeries = {
      everyMs: 100,
      atMs: [100, 200, 300],
      cpu: [1, 3.5, 2],
      memoryMB: [90, 143, 120],
      readMB: [1, 2, 0],
      writtenMB: [0, 0, 0.5],
    };
    await open({ view: "tuning" }, { ...exampleRun, series });
    assert.match(
      await read(".memory"),
      /Over time\s+120 MB at the median, 3\.50 cores busy at most, 3\.00 MB read from disks, 512 KB written \(3 points, one each 100 ms\)/,
    );
    await open({ view: "tuning" }, { ...exampleRun, series: { ...series, readMB: "unknown" } });
    assert.match(await read(".memory"), /disks unknown/);
  });

  it("shows files and network calls by stage, with waiting against work, and nothing where nobody looked", async () => {
    const file = { opened: 1, calls: 3, bytesRead: 2048, bytesWritten: 0, ms: 12.5, mode: "r" };
    const io: IoFacts = {
      files: [
        { ...file, path: "data/profile.json", stage: "spectrum" },
        { ...file, path: "missing.txt", stage: "", mode: "", opened: 0 },
      ],
      filesLeftOut: 4,
      network: [{ host: "localhost:8080", stage: "loudness", calls: 9, failed: 2, ms: 300 }],
      waitShare: 0.034,
    };
    const stages = exampleRun.stages.map((stage) =>
      stage.name === "loudness" ? { ...stage, wallMs: stage.selfMs + 250 } : stage,
    );
    await open({ view: "tuning" }, { ...exampleRun, stages, io });
    assert.match(
      await read(".files-table"),
      /data\/profile\.json\s+spectrum\s+r\s+1\s+3\s+2\.00 KB\s+0 B\s+12\.5 ms\s+missing\.txt\s+while loading\s+not opened\s+0/,
    );
    assert.match(
      await read(".network-table"),
      /localhost:8080\s+loudness\s+9\s+2\s+300 ms\s+250 ms\s+650 ms/,
    );
    assert.match(await read(".files"), /waited for disks 3\.4 % of its time\.\s+4 more files took less time/);
    const { page } = await open({ view: "tuning" });
    assert.equal(await page.locator(".besides").count(), 0);
  });

  it("shows what stages allocate, the pauses, the workers and the heap where they were looked at", async () => {
    const { page } = await open({ view: "tuning" }, measuredRun);
    assert.match(
      await read(".stage-memory-table"),
      /limiter\s+23\.4 KB\s+0 B\s+8\.00 KB\s+68\.6 MB\s+173 MB\s+61\.5 MB\s+58 in 431 ms\s+1 in 15\.2 ms/,
    );
    assert.match(await read(".collections-table"), /major\s+15\.2 ms\s+limiter\s+12,140\s+2:09\.5\s+w2/);
    assert.match(
      await read(".pool-table"),
      /w2\s+10\.4 s\s+434 ms\s+190 ms\s+310 ms\s+9\.00 ms\s+139 ms\s+15/,
    );
    assert.match(
      await read(".measuring"),
      /Measuring cost\s+0\.4 % of the stages' time: timing calls < 0\.1 %, memory/,
    );
    assert.match(await read(".facts"), /profiling cost 0\.4 %/);
    // On request, so it stands first.
    assert.match(await read("#view > :first-child"), /^Heap after limiter\s+14\.8 MB in 104,326 objects/);
    await page.locator(".allocators .source-link").first().focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await asked(), [
      { method: "openSource", params: { file: "src/oversample.ts", line: 5 } },
    ]);
  });

  it("recommends with figures, a way to try and a place, or says that there is nothing", async () => {
    const { page, tell } = await open({ view: "tuning" });
    const second = await read(".recommendation >> nth=1");
    assert.match(second, /One line takes 19\.2 % of the stage time/);
    assert.match(second, /2\.0[34] s less, 9\.6 % of the stage time if the line took half as long/);
    await page.locator(".recommendation .source-link").nth(1).click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
    await tell("show", {
      kind: "run",
      place: { view: "tuning" },
      run: {
        ...drawRun({ slow: {}, wallMs: 30_000 }),
        lines: [],
        workers: { used: 1, asked: null, byRule: 1, reason: "One." },
      },
    });
    await page.waitForFunction(() => document.querySelectorAll(".recommendation").length === 0);
    assert.match(await read(".recommendations"), /These figures support none/);
  });
});
