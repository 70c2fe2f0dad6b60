import assert from "node:assert/strict";
import type { BlockSizeFigures } from "../../src/core/run/measured/blockSizes.ts";
import { drawRun } from "../support/exampleRun.ts";
import { panelSuite } from "../support/view/suite.ts";

/** Blocks of 512 frames last 10.7 ms at 48 kHz. */
const size = (
  blockFrames: number,
  origin: BlockSizeFigures["origin"],
  blocks: number,
  usualMs: number,
  max: number,
): BlockSizeFigures => ({
  blockFrames,
  origin,
  blocks,
  totalMs: blocks * usualMs,
  p50: usualMs,
  p99: usualMs,
  p999: max,
  max,
  histogram: { edgesMs: [usualMs, usualMs, max], counts: [blocks - 2, 2] },
});

const RUN = drawRun({
  with: {
    blockSizes: [
      size(256, "split", 2000, 0.5, 6),
      size(512, "measured", 1000, 1, 6.5),
      size(1024, "joined", 500, 2, 7),
    ],
  },
});

describe("deadlines at other block sizes", () => {
  const { open, read } = panelSuite();

  it("are told in a sentence, with the headroom", async () => {
    await open({ view: "overview" }, RUN);
    // 10.67 ms of 6.5; 256 frames last 5.33 ms and took up to 6.
    assert.match(
      await read(".deadline"),
      /Keeps up on a CPU 1\.64× slower\. The smallest blocks without a late one have 512 frames\./,
    );
  });

  it("stand in a table on request, with what is estimated marked", async () => {
    const { page } = await open({ view: "overview" }, RUN);
    await page.getByText("Other block sizes and sample rates").click();
    const rows = await page.locator(".block-size-table tbody tr").allInnerTexts();
    assert.equal(rows.length, 7);
    const plain = rows.map((row) => row.replaceAll(/\s+/g, " ").trim());
    assert.match(
      plain.find((row) => row.startsWith("512")) ?? "",
      /10\.7 ms .*9\.4 %.*60\.9 %.*6\.50 ms.*none.*1\.64×/,
    );
    assert.match(plain.find((row) => row.startsWith("256")) ?? "", /≈ 6\.00 ms.*≈ \d+ of 2,000.*≈ 0\.889×/);
    await page.screenshot({ path: "test/out/block-sizes.png", fullPage: true });
  });

  it("are estimated at another rate", async () => {
    const { page } = await open({ view: "overview" }, RUN);
    await page.getByText("Other block sizes and sample rates").click();
    await page.getByLabel("Sample rate").selectOption("96000");
    const row = await page.locator(".block-size-table tbody tr", { hasText: "1,024" }).innerText();
    assert.match(row.replaceAll(/\s+/g, " "), /10\.7 ms.*≈ 7\.00 ms.*none.*≈ 1\.52×/);
  });

  it("aren't offered where no worker was alone", async () => {
    const { page } = await open({ view: "overview" });
    assert.equal(await page.getByText("Other block sizes and sample rates").count(), 0);
  });
});
