import assert from "node:assert/strict";
import { NO_THRESHOLDS } from "../../src/core/alerts/thresholds.ts";
import type { SortBy } from "../../src/core/bottlenecks/bottlenecks.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { panelSuite } from "../support/view/suite.ts";

describe("the bottleneck table", () => {
  const { open, read } = panelSuite();

  it("rank by self time, then by total time", async () => {
    const { page } = await open({ view: "bottlenecks" });
    assert.match(
      await read("tbody tr >> nth=0"),
      /^1\s+biquad\s+biquad\.ts:24\s+equaliser, loudness\s+25\.3 %/,
    );
    await page.getByRole("button", { name: "Total time" }).click();
    assert.match(await read("tbody tr >> nth=0"), /^1\s+process\s+equaliser\.ts:9/);
    assert.match(await page.locator("th[aria-sort=descending]").innerText(), /^Total/);
  });

  it("sort by a column from the keyboard, and back, keeping the focus", async () => {
    const { page } = await open({ view: "bottlenecks" });
    await page.locator("[data-column=name]").focus();
    await page.keyboard.press("Enter");
    assert.match(await read("tbody tr >> nth=0"), /\(garbage collector\)/);
    await page.keyboard.press("Enter");
    assert.match(await read("tbody tr >> nth=0"), /upsample4/);
    assert.match(await read(":focus"), /^Function/);
  });

  it("open the source from the link by Enter, and from anywhere in the row by a click, once", async () => {
    const { page, told } = await open({ view: "bottlenecks" });
    await page.locator("tbody .source-link").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("tbody tr").nth(1).locator(".column-stage").click();
    assert.deepEqual(
      (await told()).map(({ params }) => params),
      [
        { file: "src/biquad.ts", line: 24 },
        { file: "src/compressor.ts", line: 30 },
      ],
    );
  });

  it("name the stages that are called most often and cost most, where calls of functions weren't counted", async () => {
    await open({ view: "bottlenecks" });
    assert.match(
      await read(".targets"),
      /High\s+equaliser\s+37\.1 %\s+7\.86 s\s+voice-master\.pipeline\.ts:16\s+13,500 calls of 582 µs on average/,
    );
  });

  it("name the functions, about how often they are called, and why they cost so much, where they were", async () => {
    await open({ view: "bottlenecks" }, measuredRun);
    // 24,300 calls were counted in a tenth of the recording.
    assert.match(
      await read(".targets"),
      /functions called more than 1,000 times, by time\s+High\s+biquad\s+25\.3 %\s+5\.35 s\s+biquad\.ts:24\s+about 243,000 calls of 22\.0 µs on average; its line 31 takes 4\.07 s of 5\.35 s/,
    );
  });

  it("begin with the list that the setting names", async () => {
    const sorted = (sortBy: SortBy) => ({ settings: { sortBy, thresholds: NO_THRESHOLDS } });
    await open({ view: "bottlenecks" }, exampleRun, sorted("cumulative"));
    assert.match(await read(".choice [aria-pressed=true]"), /^Total time$/);
    assert.match(await read("tbody tr >> nth=0"), /^1\s+process\s+equaliser\.ts:9/);
  });

  it("sort by calls where they were counted, and by self time where they weren't", async () => {
    const settings = { sortBy: "calls", thresholds: NO_THRESHOLDS } as const;
    const { tell } = await open({ view: "bottlenecks" }, measuredRun, { settings });
    assert.match(await read("th[aria-sort=descending]"), /^Calls/);
    // 1,382,400 in a tenth of the recording.
    assert.match(
      await read("tbody tr >> nth=0"),
      /^1\s+fir\s+oversample\.ts:31\s+limiter\s+about 13,820,000\s+8\.8 %/,
    );
    await tell("show", { kind: "run", run: exampleRun, place: { view: "bottlenecks" }, settings });
    assert.match(await read("th[aria-sort=descending]"), /^Self/);
    assert.deepEqual(await read(".choice"), "Self time\nTotal time");
  });
});

describe("the priorities", () => {
  const { open, read, asked } = panelSuite();

  it("rank the stages by their share, each with its functions and the reason", async () => {
    const { page } = await open({ view: "bottlenecks" }, measuredRun);
    assert.deepEqual((await read(".priorities .priority")).split("\n"), [
      "High",
      "High",
      "Medium",
      "Medium",
      "Medium",
      "Low",
    ]);
    assert.match(
      await read(".priority-entry >> nth=1"),
      /^High\s+limiter\s+23\.2 %\s+4\.91 s\s+13,500 calls of 364 µs on average; oversample\.ts:40 alone takes 1\.60 s; collecting garbage takes 446 ms in 59 pauses; it allocates 173 MB for each minute of audio\.\s+fir 38\.1 % of it oversample\.ts:31\s+slidingMax 21\.4 % of it limiter\.ts:82$/,
    );
    await page.locator(".priorities .source-link").first().click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 24 } }]);
  });
});
