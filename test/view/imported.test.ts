import axe from "axe-core";
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PanelView } from "../../src/protocol/panel.ts";
import {
  EVENTED,
  LEVEL_PROFILE,
  opened,
  SAMPLED,
  speedscopeFile,
} from "../support/exchange/foreignProfiles.ts";
import { panelSuite } from "../support/view/suite.ts";

/** What a person without a recording has no use for. */
const OF_RECORDINGS =
  /real time|load\b|deadline|budget|block|headroom|×|NaN|∞|Infinity|unknown|undefined|Run again|0 workers|stage/i;

const threads = opened(speedscopeFile([SAMPLED, EVENTED], "py-spy@0.4.0"), "take.speedscope.json");
const pictures = join(import.meta.dirname, "..", "out");

describe("another tool's profile in the panel", () => {
  const { open, read, asked } = panelSuite();
  before(() => mkdir(pictures, { recursive: true }));

  for (const view of ["overview", "flame", "bottlenecks"] as const satisfies readonly PanelView[])
    it(`shows only what it knows, to everybody: ${view}`, async () => {
      const { page } = await open({ view }, threads);
      await page.screenshot({ path: join(pictures, `imported-${view}.png`), fullPage: true });
      const words = await read("body");
      const said = words.replace(/it knows no recording and no deadlines/, "");
      assert.doesNotMatch(said, OF_RECORDINGS);
      await page.evaluate(axe.source);
      const problems = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      });
      assert.deepEqual(problems, []);
    });

  it("says what it is, how much it holds, and which threads and lines took most", async () => {
    await open({ view: "overview" }, threads);
    assert.equal(await read("h1"), "take.speedscope.json");
    assert.match(await read(".facts"), /^speedscope file of py-spy@0\.4\.0 · opened 22 Nov/);
    assert.match(await read(".imported"), /^100 ms in 2 threads/);
    assert.match(await read(".stage-entry >> nth=0"), /^Main\s+60\.0 %\s+60\.0 ms$/);
    assert.match(await read(".hot-entry >> nth=0"), /level\.py:10\s+Main, Helper\s+65\.0 %\s+65\.0 ms$/);
  });

  it("gives the error of what was sampled", async () => {
    await open({ view: "overview" }, opened(LEVEL_PROFILE, "take.cpuprofile"));
    assert.match(
      await read(".imported"),
      /^45\.0 ms in 1 thread\s+65\.0 ms elapsed, the rest idle · 5 samples/,
    );
    assert.match(
      await read(".hot-entry >> nth=0"),
      /level\.ts:12\s+All stacks\s+44\.4 %\s+± 43\.6 · 20\.0 ms$/,
    );
  });

  it("counts samples and bytes as such", async () => {
    const stacks = "main (a.py:3);load (a.py:9) 2048\nmain (a.py:4) 1024\n";
    const samples = opened(stacks, "take.txt");
    const { tell } = await open({ view: "bottlenecks" }, samples);
    assert.match(
      await read(".function-table tbody tr >> nth=0"),
      /load\s+a\.py:9\s+All stacks\s+66\.7 %\s+2,048 samples/,
    );
    const bytes = { ...samples, imported: { ...samples.imported!, unit: "bytes" as const } };
    await tell("show", { kind: "run", place: { view: "bottlenecks" }, run: bytes });
    assert.match(await read(".function-table tbody tr >> nth=0"), /66\.7 %\s+2\.00 KB/);
    await tell("show", { kind: "run", place: { view: "overview" }, run: bytes });
    assert.match(await read(".stages"), /Where the bytes go\s+adds up to 3\.00 KB, 100\.0 %/);
  });

  it("has no page about a machine that nobody knows, even where one was looked at last", async () => {
    const { page } = await open({ view: "tuning" }, threads);
    assert.deepEqual(await page.getByRole("tab").allInnerTexts(), ["Overview", "Flame graph", "Bottlenecks"]);
    assert.match(await read(".imported"), /100 ms/);
  });

  it("opens functions and lines, and says of threads that they are none", async () => {
    const { page } = await open({ view: "flame" }, threads);
    const tree = page.getByRole("tree");
    await tree.press("ArrowDown");
    assert.match(
      await read(".flame-detail"),
      /^Main\s+Hottest line: level\.py:10 45\.0 %\s+Total\s+60\.0 % · 60\.0 ms$/,
    );
    await tree.press("ArrowDown");
    assert.match(await read(".flame-detail"), /^main\s+main\.py:3 in thread Main/);
    await page.getByRole("button", { name: "Go to line" }).click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/main.py", line: 3 } }]);
  });

  it("draws stacks that are ten thousand calls deep, and goes down in them", async () => {
    const deep = `${Array.from({ length: 10_000 }, (_, at) => `f${at} (a.py:${at + 1})`).join(";")} 100\n`;
    const { page } = await open({ view: "flame" }, opened(deep));
    const tree = page.getByRole("tree");
    await tree.press("End");
    for (let depth = 0; depth < 40; depth++) await tree.press("ArrowDown");
    await tree.press("Enter");
    // The whole and the thread stand above f0.
    assert.match(await read(".flame-detail h2"), /^f38$/);
    assert.match(await read(".breadcrumb"), /…[^]*f37[^]*f38$/);
    const drawn = await page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, 600).data;
      return new Set(new Uint32Array(pixels.buffer)).size;
    });
    assert.ok(drawn > 3, "the picture isn't blank");
  });
});
