import assert from "node:assert/strict";
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
    assert.match(await read(".speed"), /13\.2×\s+real time on 4 workers, 10\.9 s/);
    assert.match(await read(".deadline"), /Budget not kept/);
    assert.match(
      await read(".deadline"),
      /168 of 13,500 blocks \(1\.2 %\) took longer than the 10\.7 ms they last\./,
    );
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
    assert.match(first, /biquad\.ts:31\s+equaliser\s+18\.6 %\s+const y = b0 \* x \+ z1;\s+± 0\.7 · 3\.94 s/);
    await page.locator(".hot-entry").first().click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
  });

  it("leaves lines under 1 % out, and says so where nothing is left", async () => {
    const lines = exampleRun.lines.filter((line) => line.share < 0.01);
    await open({ view: "overview" }, { ...exampleRun, lines });
    assert.match(await read(".hot-lines"), /No line stands out/);
  });

  it("keeps the budget in words where no block was late, with the headroom", async () => {
    await open({ view: "overview" }, drawRun({ slow: {}, with: { findings: [] } }));
    assert.match(await read(".deadline"), /Budget kept\s+All 13,500 blocks took less than the 10\.7 ms/);
    assert.match(await read(".speed"), /headroom/);
    assert.match(await read(".findings"), /Nothing unusual was noticed/);
  });

  it("has a table behind the histogram, whose blocks add up", async () => {
    const { page } = await open({ view: "overview" });
    const counts = await page.locator(".deadline tbody td:nth-child(3)").allTextContents();
    const sum = counts.reduce((total, text) => total + Number(text.replaceAll(",", "")), 0);
    assert.equal(sum, 13_500);
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
        findings: [{ kind: "x", severity: "error", text: name, where: null }],
      },
    );
    assert.match(await read("h1"), /<img src=x/);
    assert.equal(await page.locator("img").count(), 0);
  });
});
