import assert from "node:assert/strict";
import type { Finding, Run } from "../../src/core/run/run.ts";
import type { SoundComparison, VariantFigures } from "../../src/core/variants/variants.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { exampleRunWithVariants } from "../support/exampleVariants.ts";
import { panelSuite } from "../support/view/suite.ts";

const [written, lanes, draft] = exampleRunWithVariants.variants as [
  VariantFigures,
  VariantFigures,
  VariantFigures,
];
const runOf = (...variants: VariantFigures[]): Run => ({ ...exampleRun, variants });
const soundOf = (variant: VariantFigures, change: Partial<SoundComparison>): VariantFigures => ({
  ...variant,
  sound: variant.sound.map((comparison) => ({ ...comparison, ...change })),
});

describe("the variants", () => {
  const { open: openAt, read } = panelSuite();
  const open = (run = exampleRunWithVariants, width = 1100) => openAt({ view: "variants" }, run, { width });

  it("are a page between the bottlenecks and tuning, only where a run has them", async () => {
    const { page } = await openAt({ view: "overview" }, exampleRunWithVariants);
    assert.deepEqual(await page.getByRole("tab").allInnerTexts(), [
      "Overview",
      "Flame graph",
      "Bottlenecks",
      "Variants",
      "Tuning",
    ]);
  });

  it("aren't offered by a run without them, which shows its overview instead", async () => {
    const { page } = await openAt({ view: "variants" }, exampleRun);
    assert.equal(await page.getByRole("tab", { name: "Variants" }).count(), 0);
    assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Overview");
  });

  it("begin with the fastest that sounds the same, and name one that is faster but doesn't", async () => {
    await open();
    // 21,160 ms against 14,340 ms, 7750 ms.
    assert.match(await read(".speed"), /^1\.48×\s+faster: lanes than as written\s+/);
    assert.match(await read(".speed"), /draft is 2\.73× faster than as written, but sounds different\./);
    assert.match(await read(".speed"), /One run each: a difference below 10\.0 % is taken for chance\.$/);
    assert.match(
      await read(".sound-verdict"),
      /^draft sounds different\s+At most by −31\.7 dBFS, in blocks of 64\. lanes sounds the same\.\s+Results of draft: 2 numbers, at most 59\.0 % apart\.$/,
    );
  });

  it("say that the one as written is the fastest where it is", async () => {
    const slow = { ...lanes, stagesMs: 42_320 };
    await open(runOf(written, slow));
    assert.match(await read(".speed"), /^2\.00×\s+faster: as written than lanes/);
    assert.match(
      await read(".sound-verdict"),
      /^It sounds the same\s+No sample is farther off than −132 dBFS/,
    );
    assert.match(await read(".variant-row >> nth=1"), /42\.3 s\s+2\.00× slower\s+sounds the same/);
  });

  it("call no winner where one run each can't tell", async () => {
    await open(runOf(written, { ...lanes, stagesMs: written.stagesMs * 0.97 }));
    assert.match(await read(".speed"), /no clear difference: lanes and as written/);
  });

  it("say so where every block size gives another sound, even as written", async () => {
    const differs = { difference: { peakDb: -20, rmsDb: -40, at: 1 } };
    await open(runOf(soundOf(written, differs), soundOf(lanes, differs)));
    assert.match(
      await read(".sound-verdict"),
      /^The sound depends on the size of the blocks\s+As written by −20\.0 dBFS, in blocks of 64\./,
    );
  });

  it("have a bar each, with its time, what that is beside the one as written, its speed and its memory", async () => {
    await open();
    const row = (index: number) => read(`.variant-row >> nth=${index}`);
    assert.match(await row(0), /^as written\s+[^]*21\.2 s\s+6\.81× real time · 143 MB at its peak$/);
    assert.match(
      await row(1),
      /14\.3 s\s+1\.48× faster\s+sounds the same\s+10\.0× real time · 214 MB at its peak$/,
    );
    assert.match(await row(2), /7\.75 s\s+2\.73× faster\s+sounds different\s+18\.6× real time · 121 MB/);
  });

  it("draw all bars on one scale", async () => {
    const { page } = await open();
    const widths = await page
      .locator(".variant-bar svg")
      .evaluateAll((bars) =>
        bars.map((bar) =>
          Math.max(...[...bar.querySelectorAll("rect")].map((box) => box.getBBox().x + box.getBBox().width)),
        ),
      );
    assert.ok(Math.abs(widths[1]! / widths[0]! - 14_340 / 21_160) < 0.005);
    assert.ok(Math.abs(widths[2]! / widths[0]! - 7750 / 21_160) < 0.005);
  });

  it("compare stages in a table that opens them, and call nothing faster that is the same code", async () => {
    const { page } = await open();
    assert.match(
      await read(".stage-times tbody tr >> nth=0"),
      /^equaliser\s+7\.86 s\s+2\.61 s\s+3\.01× faster/,
    );
    assert.match(
      await read(".stage-times tbody tr >> nth=2"),
      /^compressor\s+3\.68 s\s+3\.68 s\s+same code\s+980 ms\s+3\.7[56]× faster/,
    );
    assert.match(
      await read(".stage-times tbody tr >> nth=3"),
      /^spectrum\s+2\.47 s\s+4\.12 s\s+1\.67× slower/,
    );
    assert.match(
      await read(".stage-times tbody tr >> nth=4"),
      /^envelope\s+1\.59 s\s+1\.54 s\s+about as fast/,
    );
    assert.match(await read(".stage-times tbody tr >> nth=6"), /^all\s+21\.2 s\s+14\.3 s\s+1\.48× faster/);
    await page.getByRole("button", { name: "limiter" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await read(".flame-detail h2"), "limiter");
  });

  it("say at each block size how far the sound is off, those that read the same in one row", async () => {
    const { page } = await open();
    const rows = await page.locator(".sound-table tbody tr").allInnerTexts();
    const words = rows.map((row) =>
      row
        .replaceAll(/[\u202f\u00a0]/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    );
    assert.deepEqual(words, [
      "as written 64, 500, 512 and 4,096 the reference −18.2 dBFS −1.02 dBFS 17.2 dB",
      "lanes 64, 500 and 4,096 same −132 dBFS −150 dBFS 1.000000 −18.2 dBFS −1.02 dBFS 17.2 dB",
      "draft 64 differs −31.7 dBFS at 91.8 s −58.3 dBFS 0.998712 −18.4 dBFS −0.420 dBFS 18.0 dB",
      "draft 500 and 4,096 differs −44.1 dBFS at 91.8 s −58.3 dBFS 0.998712 −18.4 dBFS −0.420 dBFS 18.0 dB",
    ]);
    assert.match(await read(".variant-sound .section-title"), /the first 2 min 0 s$/);
  });

  it("name silence and frames too many", async () => {
    const silence = { rmsDb: null, peakDb: null, crestDb: null };
    const odd = soundOf(lanes, { level: silence, correlation: null, unmatchedFrames: 12 });
    await open(runOf(written, odd));
    assert.match(
      await read(".sound-table tbody tr >> nth=1"),
      /differs\s+−132 dBFS at 12\.5 s and 12 frames more or less\s+−150 dBFS\s+none: silence\s+silent\s+silent\s+none/,
    );
  });

  it("say what is missing, and what was noticed in a variant alone", async () => {
    const failed: Finding = {
      kind: "variant-failed",
      severity: "error",
      text: 'Variant "draft": Stage "limiter" threw at 0:01.0.',
      where: { variant: "draft", stage: "limiter", file: "limiter.ts", line: 7 },
    };
    await open({ ...runOf(written, lanes), findings: [...exampleRun.findings, failed] });
    assert.match(
      await read(".variant-findings"),
      /^Findings about the variants\s+Variant "draft": Stage "limiter" threw at 0:01\.0\.\s+limiter\.ts:7$/,
    );
    const { page } = await open(runOf(written, lanes));
    assert.equal(await page.locator(".variant-findings").count(), 0);
  });

  it("say which block sizes a variant can't run in, and why", async () => {
    const refusals = [{ blockFrames: 500, reason: 'Stage "equaliser" threw at 0:00.0.' }];
    await open(runOf(written, { ...lanes, sound: lanes.sound.slice(0, 1), refusals }));
    assert.match(await read(".sound-verdict"), /lanes can't run in blocks of 500\./);
    assert.equal(
      await read(".refusal"),
      'lanes can\'t run in blocks of 500: Stage "equaliser" threw at 0:00.0.',
    );
  });

  it("draw a frequency response only where it isn't flat, with a table behind it", async () => {
    const { page } = await open();
    assert.match(await read(".responses"), /Within 0\.0004 dB at every block size: as written and lanes\./);
    assert.equal(await page.locator(".response-chart").count(), 1);
    // Half a decibel an octave above 2 kHz: 1.66 dB at 20 kHz.
    assert.match(
      await read(".response figcaption"),
      /^draft most at 20\.0 kHz: 1\.66 dB quieter, in blocks of 64$/,
    );
    const last = await page.locator(".response tbody tr").last().innerText();
    assert.match(last.replaceAll("\u202f", " "), /20\.0 kHz\s+1\.66 dB quieter/);
  });

  it("have no chart where every response is flat", async () => {
    const { page } = await open(runOf(written, soundOf(lanes, { response: [] })));
    assert.equal(await page.locator(".response-chart").count(), 0);
    assert.match(await read(".responses"), /The same at every block size: as written\./);
  });

  it("say whether the numbers are the same, or what differs", async () => {
    const different = `onset's "times": 12 values instead of 13`;
    await open(runOf(written, lanes, { ...draft, results: { ...draft.results, different } }));
    assert.match(await read(".variant-results"), /lanes\s+2 numbers, at most 1 part in 13,000,000 apart/);
    assert.match(
      await read(".variant-results"),
      /draft\s+they differ: onset's "times": 12 values instead of 13/,
    );
  });

  it("have words where no sound was compared", async () => {
    await open(runOf({ ...written, sound: [] }, { ...lanes, sound: [] }));
    assert.match(await read(".sound-verdict"), /No sound was compared/);
    assert.equal(await read(".variant-sound"), "");
  });

  for (const width of [300, 550, 800]) {
    it(`fit ${width} pixels`, async () => {
      const many = ["a", "b", "a variant with a long name that says it all"].map((name) => ({
        ...draft,
        name,
      }));
      const { page } = await open(runOf(written, lanes, ...many), width);
      const over = await page.evaluate(() => {
        const edge = document.documentElement.clientWidth;
        return [...document.querySelectorAll("#app *:not(.unseen *)")]
          .filter((each) => each.getBoundingClientRect().right > edge + 0.5)
          .map((each) => each.outerHTML.slice(0, 80));
      });
      assert.deepEqual(over, []);
    });
  }
});
