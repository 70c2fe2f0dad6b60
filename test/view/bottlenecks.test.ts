import assert from "node:assert/strict";
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

  it("name the stages that are called most often and cost most", async () => {
    await open({ view: "bottlenecks" });
    assert.match(await read(".targets"), /equaliser 13,500 calls of 582 µs on average: 7\.86 s, 37\.1 %/);
  });
});
