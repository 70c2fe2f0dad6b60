import assert from "node:assert/strict";
import type { Run } from "../../src/core/run/run.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";
import { panelSuite } from "../support/view/suite.ts";

describe("the overview", () => {
  const { open, read, asked } = panelSuite();

  it("says what was measured, how fast it is and whether it was in time", async () => {
    await open({ view: "overview" });
    assert.equal(await read("h1"), "evening-mix.wav through Voice master");
    assert.match(
      await read(".facts"),
      /^2 min 24 s · 48 kHz stereo · blocks of 512 · today 14:32 · profiling cost < 0\.1 %$/,
    );
    // 144 s of audio in 21.16 s of work.
    assert.match(await read(".speed"), /^6\.81×\s+real time on one thread/);
    assert.match(await read(".speed"), /13\.2×\s+real time on 4 workers, 10\.9 s elapsed/);
    assert.match(await read(".deadline"), /Budget not kept/);
    assert.match(
      await read(".deadline"),
      /168 of 13,500 blocks \(1\.2 %\) took longer than the 10\.7 ms they last\./,
    );
  });

  it("says why blocks are slow, where some are, and opens the line to blame from the keyboard", async () => {
    const { page } = await open({ view: "overview" }, measuredRun);
    assert.match(
      await read(".slow-blocks"),
      /168 slow blocks[^]+denormals\s+161\s+11\.9 ms\s+1:31\.5\s+biquad\.ts:31\s+With faint noise added these blocks took 0\.55 ms/,
    );
    await page.locator(".slow-blocks .source-link").first().focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
    await open({ view: "overview" });
    assert.equal(await read(".slow-blocks"), "");
  });

  it("shows the stages with their shares, the costliest first, and opens one in the flame graph", async () => {
    const { page, told } = await open({ view: "overview" });
    const names = await page.locator(".stage-entry .stage-name").allInnerTexts();
    assert.deepEqual(names, ["equaliser", "limiter", "compressor", "spectrum", "envelope", "loudness"]);
    assert.match(await read(".stage-entry >> nth=1"), /23\.2 %\s+4\.91 s · 3\.4 % load/);
    await page.getByRole("button", { name: /^limiter/ }).click();
    assert.equal(await read(".flame-detail h2"), "limiter");
    assert.deepEqual(await told(), [{ method: "moved", params: { view: "flame", stage: "limiter" } }]);
  });

  it("lists the ten hottest lines, with their code, and opens one in the editor", async () => {
    const code = { "src/biquad.ts:31": "const y = b0 * x + z1;" };
    const { page } = await open({ view: "overview" }, exampleRun, { code });
    assert.equal(await page.locator(".hot-entry").count(), 10);
    const first = await read(".hot-entry >> nth=0");
    assert.match(
      first,
      /biquad\.ts:31\s+equaliser, loudness\s+19\.2 %\s+const y = b0 \* x \+ z1;\s+± 0\.7 · 4\.07 s/,
    );
    await page.locator(".hot-entry").first().click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
  });

  it("leaves lines within their error out, not those under 1 %, and says so where nothing is left", async () => {
    const small = exampleRun.lines.filter((line) => line.share < 0.01);
    const { page, tell } = await open({ view: "overview" }, { ...exampleRun, lines: small });
    // 210 of 21,160 ms.
    assert.match(await read(".hot-entry >> nth=0"), /limiter\.ts:51\s+limiter\s+1\.0 %\s+± 0\.2 · 210 ms/);
    const unsure = small.map((line) => ({ ...line, error: line.share }));
    await tell("show", { kind: "run", place: { view: "overview" }, run: { ...exampleRun, lines: unsure } });
    await page.getByText("No line stands out: each took less than its error.").waitFor();
  });

  it("says what would help in words, without a bare sign", async () => {
    await open({ view: "overview" });
    const help = await read(".help");
    assert.match(help, /2\.0[34] s less, 9\.6 % of the stage time/);
    assert.doesNotMatch(help, /[\u2212-]\d/);
  });

  it("gives one worker's load for the part of the recording that it was measured on", async () => {
    const passes = exampleRun.passes.map((pass) =>
      pass.kind === "alone" ? { ...pass, frames: 20 * 48_000 } : pass,
    );
    await open({ view: "overview" }, { ...exampleRun, passes });
    // 21.16 s of work for 144 s of audio, as in all of it.
    assert.match(await read(".speed"), /14\.7 %\s+load, 2\.94 s of work for the first 20\.0 s of audio/);
  });

  it("gives a cancelled run's load for the part that was measured", async () => {
    const { totals, workers, audio } = exampleRun;
    const cancelled: Run = {
      ...exampleRun,
      state: "cancelled",
      workers: { ...workers, used: 2 },
      passes: [{ ...exampleRun.passes[0]!, workers: 2, wallMs: 1200, frames: 12 * audio.sampleRate }],
      totals: { ...totals, wallMs: 1200, stagesMs: 2400, load: 0.1, speed: 10 },
    };
    await open({ view: "overview" }, cancelled);
    assert.match(
      await read(".speed"),
      /^5\.00×\s+real time on one thread\s+20\.0 %\s+load, 2\.40 s of work for the first 12\.0 s of audio\s+10\.0×\s+real time on 2 workers, 1\.20 s elapsed/,
    );
  });

  it("keeps the budget in words where no block was late, with the headroom", async () => {
    await open({ view: "overview" }, drawRun({ slow: {}, with: { findings: [] } }));
    assert.match(await read(".deadline"), /Budget kept\s+All 13,500 blocks took less than the 10\.7 ms/);
    assert.match(await read(".speed"), /headroom/);
    assert.match(await read(".findings"), /Nothing unusual was noticed/);
  });

  it("names the stages that wait where no deadline can be given, but not those without blocks", async () => {
    const stages = exampleRun.stages.map((stage, index) => ({
      ...stage,
      asynchronous: index < 3,
      ...(index === 0 ? { scope: "file" as const } : {}),
    }));
    await open(
      { view: "overview" },
      { ...exampleRun, stages, totals: { ...exampleRun.totals, deadline: null } },
    );
    const [, second, third] = stages.map(({ name }) => name);
    assert.match(
      await read(".deadline"),
      new RegExp(`${second} and ${third} wait for promises, and a block that waits has no deadline`),
    );
  });

  it("tells a stage's variant where another than the one as written ran", async () => {
    const stages = exampleRun.stages.map((stage) =>
      stage.name === "limiter" ? { ...stage, variant: "plain", variants: ["plain"] } : stage,
    );
    await open({ view: "overview" }, { ...exampleRun, stages });
    assert.match(await read(".stage-legend"), /limiter \(plain\)/);
    assert.doesNotMatch(await read(".stage-legend"), /equaliser \(/);
  });

  it("has a table behind the histogram, whose blocks add up", async () => {
    const { page } = await open({ view: "overview" });
    const counts = await page.locator(".deadline tbody td:nth-child(3)").allTextContents();
    const sum = counts.reduce((total, text) => total + Number(text.replaceAll(",", "")), 0);
    assert.equal(sum, 13_500);
  });

  it("gives the time of decoding beside the stages, where it isn't next to nothing", async () => {
    const { audio } = exampleRun;
    const { page, tell } = await open(
      { view: "overview" },
      { ...exampleRun, audio: { ...audio, decodeMs: 431 } },
    );
    assert.match(await read(".stages"), /adds up to 21\.2 s, 100\.0 %; decoded in 431 ms, outside of it/);
    // 131 ms beside 21.16 s.
    await tell("show", { kind: "run", place: { view: "overview" }, run: exampleRun });
    await page.waitForFunction(() => !document.querySelector(".stages")?.textContent.includes("decoded"));
    assert.match(await read(".stages"), /adds up to 21\.2 s, 100\.0 %/);
  });

  it("gives the memory at its peak, where a run knows it", async () => {
    const { page, tell } = await open({ view: "overview" });
    assert.match(await read(".speed"), /143 MB\s+of memory at its peak/);
    await tell("show", { kind: "run", place: { view: "overview" }, run: { ...exampleRun, memory: null } });
    await page.waitForFunction(() => !document.querySelector(".speed")?.textContent.includes("memory"));
    assert.match(await read(".speed"), /real time on 4 workers/);
  });

  it("shows what the stages emitted, in the order of the stages, where they did", async () => {
    const { page, tell } = await open({ view: "overview" });
    assert.match(
      await read(".emitted"),
      /^Results\s+what the stages emitted\s+loudness\s+−16\.2\s+limiter: peak\s+−1\.02$/,
    );
    await tell("show", { kind: "run", place: { view: "overview" }, run: { ...exampleRun, results: [] } });
    await page.locator(".emitted").waitFor({ state: "detached" });
  });

  it("begins its findings with the limits that the run breaks, and leads to the guilty line", async () => {
    const thresholds = { cpuPercent: 10, memoryMB: null, secondsPerMinute: 30, ioWaitPercent: 10 };
    const settings = { sortBy: "time", thresholds } as const;
    const { page } = await open({ view: "overview" }, exampleRun, { settings });
    // 21,160 ms of work for 144 s.
    assert.match(
      await read(".findings li >> nth=0"),
      /^One worker alone needs 14\.7 % of real time, and waveflame\.alerts\.cpuPercent allows 10 %/,
    );
    await page.locator(".findings .source-link").first().click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
  });

  it("runs again on request", async () => {
    const { page } = await open({ view: "overview" });
    await page.getByRole("button", { name: "Run again" }).click();
    assert.deepEqual(await asked(), [{ method: "runAgain", params: null }]);
  });

  it("shows names as text, whatever they hold", async () => {
    const name = "<img src=x onerror=alert(1)>";
    const { page } = await open(
      { view: "overview" },
      {
        ...exampleRun,
        pipeline: { ...exampleRun.pipeline, name },
        findings: [{ kind: "cancelled", severity: "error", text: name, where: null }],
      },
    );
    assert.match(await read("h1"), /<img src=x/);
    assert.equal(await page.locator("img").count(), 0);
  });
});
