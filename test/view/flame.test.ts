import assert from "node:assert/strict";
import { exampleRun } from "../support/exampleRun.ts";
import type { PanelPage } from "../support/view/panelPage.ts";
import { panelSuite } from "../support/view/suite.ts";

describe("the flame graph", () => {
  const { open: openAt, read, asked } = panelSuite();
  let panel: PanelPage;

  async function open(): Promise<void> {
    panel = await openAt({ view: "flame" });
  }

  /** A point of the picture: a part of its width, the middle of a row from the top. */
  async function point(part: number, row: number): Promise<{ x: number; y: number }> {
    const box = (await panel.page.locator(".flame-canvas").boundingBox())!;
    return { x: box.x + part * box.width, y: box.y + row * 25 + 12 };
  }

  async function click(part: number, row: number): Promise<void> {
    const { x, y } = await point(part, row);
    await panel.page.mouse.click(x, y);
  }

  const crumbs = async () => (await read(".breadcrumb")).replaceAll(/\s*›\s*/g, " › ");

  // From left: equaliser 37.1 %, limiter 23.2 %, compressor 17.4 %, spectrum, envelope, loudness.
  it("zooms to the box that is clicked, and back by Escape, Backspace and the path", async () => {
    await open();
    assert.equal(await crumbs(), "Voice master");
    await click(0.5, 1);
    assert.equal(await crumbs(), "Voice master › limiter");
    // Of the limiter's 4910 ms the first 2950 are truePeak's.
    await click(0.3, 3);
    assert.equal(await crumbs(), "Voice master › limiter › process › truePeak");
    await panel.page.keyboard.press("Escape");
    assert.equal(await crumbs(), "Voice master › limiter");
    await panel.page.keyboard.press("Backspace");
    assert.equal(await crumbs(), "Voice master");
    await click(0.5, 2);
    await panel.page.locator(".breadcrumb").getByRole("button", { name: "Voice master" }).click();
    assert.equal(await crumbs(), "Voice master");
  });

  it("says what lies under the pointer", async () => {
    await open();
    const { x, y } = await point(0.2, 3);
    await panel.page.mouse.move(x, y);
    assert.match(
      await read(".flame-tooltip"),
      /^cascade\s+src\/biquad\.ts:11, stage equaliser\s+6\.42 s · 30\.3 %, self 1\.24 s/,
    );
  });

  it("tells all about the chosen box, and goes to its line", async () => {
    await open();
    await click(0.1, 5);
    assert.equal(await read(".flame-detail h2"), "biquad.ts:31");
    const words = await read(".flame-detail");
    assert.match(words, /in stage equaliser/);
    assert.match(words, /Self\s+18\.6 % · 3\.94 s/);
    assert.match(words, /Error \(95 %\)\s+± 0\.7 points/);
    await panel.page.getByRole("button", { name: "Go to line" }).click();
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/biquad.ts", line: 31 } }]);
  });

  it("says of a line how often it ran, what an iteration of its loop takes, and what it called in packages", async () => {
    const place = { file: "src/biquad.ts", stage: "equaliser" };
    const counts = {
      startSeconds: 0,
      frames: 2 * exampleRun.audio.sampleRate,
      lines: [{ ...place, line: 31, hits: 38_400 }],
      loops: [{ ...place, line: 31, endLine: 31, entries: 38_400, iterations: 153_600, nsPerIteration: 1.5 }],
      functions: [],
      caught: [],
    };
    const folded = [
      { name: "transform", file: "node_modules/fft.js/lib/fft.js", kind: "package", ms: 19 },
    ] as const;
    const lines = exampleRun.lines.map((line) => (line.line === 31 ? { ...line, folded } : line));
    panel = await openAt({ view: "flame" }, { ...exampleRun, counts, lines });
    await click(0.1, 5);
    const words = await read(".flame-detail");
    assert.match(words, /Ran\s+38,400 times in 2\.00 s of audio/);
    assert.match(words, /Loop\s+153,600 iterations · 1\.50 ns each/);
    assert.match(words, /In fft\.js\s+transform · 0\.1 % · 19\.0 ms/);
  });

  it("names the hottest line of the run and of a stage as all pages do, with what it calls in packages", async () => {
    const [first] = exampleRun.lines;
    const calling = {
      ...first!,
      file: "src/master.ts",
      line: 24,
      stage: "limiter",
      share: 0.9,
      selfMs: 19_000,
    };
    panel = await openAt({ view: "flame" }, { ...exampleRun, lines: [...exampleRun.lines, calling] });
    assert.match(await read(".flame-detail"), /Hottest line: (src\/)?master\.ts:24 90\.0 %/);
    await click(0.5, 1);
    assert.match(await read(".flame-detail"), /Hottest line: (src\/)?master\.ts:24 90\.0 %/);
    await panel.page.keyboard.press("Escape");
    await click(0.1, 3);
    assert.match(await read(".flame-detail"), /Hottest line: (src\/)?biquad\.ts:31 18\.6 %/);
  });

  it("gives loads of the part that a cancelled run measured", async () => {
    const { passes, audio } = exampleRun;
    const timed = { ...passes[0]!, frames: 48 * audio.sampleRate };
    panel = await openAt({ view: "flame" }, { ...exampleRun, state: "cancelled", passes: [timed] });
    await click(0.1, 5);
    // 3.94 s of 48 s.
    assert.match(await read(".flame-detail"), /Load\s+8\.2 %/);
  });

  it("counts what it finds and its share, and goes from one to the next", async () => {
    await open();
    await panel.page.keyboard.press("Tab");
    const search = panel.page.getByRole("textbox");
    await search.fill("Biquad");
    // biquad in two stages with their lines; cascade and its two lines are in biquad.ts: 6420 + 170 of 21160 ms.
    assert.equal(await read(".search-result"), "10 boxes · 31.1 %");
    await search.press("Enter");
    assert.equal(await read(".flame-detail h2"), "cascade");
    await search.press("Enter");
    assert.equal(await read(".flame-detail h2"), "biquad");
    await search.fill("nowhere");
    assert.equal(await read(".search-result"), "nothing found");
    await search.press("Escape");
    assert.equal(await search.inputValue(), "");
    assert.equal(await read(".search-result"), "");
  });

  it("is used from the keyboard alone, as a tree", async () => {
    await open();
    const tree = panel.page.getByRole("tree", { name: "Flame graph" });
    await tree.focus();
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("ArrowRight");
    const active = async () => {
      const id = (await tree.getAttribute("aria-activedescendant"))!;
      return panel.page.locator(`#${id}`);
    };
    assert.match((await (await active()).textContent())!, /^stage limiter, 4\.91.s, 23\.2.%$/);
    assert.equal(await (await active()).getAttribute("aria-level"), "2");
    assert.equal(await (await active()).getAttribute("aria-posinset"), "2");
    assert.equal(await (await active()).getAttribute("aria-setsize"), "6");
    await panel.page.keyboard.press("Enter");
    assert.equal(await crumbs(), "Voice master › limiter");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await asked(), [{ method: "openSource", params: { file: "src/limiter.ts", line: 20 } }]);
  });

  it("draws itself anew in another theme", async () => {
    await open();
    const pixel = () =>
      panel.page
        .locator(".flame-canvas")
        .evaluate((canvas: HTMLCanvasElement) =>
          [...canvas.getContext("2d")!.getImageData(4, 90, 1, 1).data.slice(0, 3)].join(" "),
        );
    const dark = await pixel();
    await panel.setTheme("light");
    await panel.page.waitForFunction((before) => {
      const canvas = document.querySelector<HTMLCanvasElement>(".flame-canvas");
      return canvas?.getContext("2d")?.getImageData(4, 90, 1, 1).data.slice(0, 3).join(" ") !== before;
    }, dark);
  });
});
