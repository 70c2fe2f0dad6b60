import assert from "node:assert/strict";
import { variantResultLines, variantSoundLines, variantTable } from "../../src/core/report/variantsReport.ts";
import { summarizeSound } from "../../src/core/variants/soundSummary.ts";
import { formatDecibels, soundWords } from "../../src/core/variants/soundWords.ts";
import { chanceBetween, fastestPair, paceWords, resultsWords } from "../../src/core/variants/variantWords.ts";
import type { SoundComparison, VariantFigures } from "../../src/core/variants/variants.ts";
import { exampleRunWithVariants } from "../support/exampleVariants.ts";

const [written, lanes, draft] = exampleRunWithVariants.variants as [
  VariantFigures,
  VariantFigures,
  VariantFigures,
];
const plain = (text: string): string => text.replaceAll("\u202f", " ");

describe("the words for variants", () => {
  it("say faster or slower by how many times, and neither below ten percent", () => {
    assert.equal(paceWords(250, 1000), "4.00× faster");
    assert.equal(paceWords(1000, 800), "1.25× slower");
    assert.equal(paceWords(1000, 920), "about as fast");
    assert.equal(paceWords(1000, 1090), "about as fast");
    assert.equal(paceWords(0, 5), "faster");
    assert.equal(paceWords(0, 0), "about as fast");
  });

  it("take for chance what stages with the same code came apart by, and a tenth at least", () => {
    const stages = (same: number, other: number) => [
      { name: "same", variant: null, selfMs: same },
      { name: "other", variant: null, selfMs: other },
    ];
    const variantStages = (same: number, other: number) =>
      stages(same, other).map((stage) => ({ ...stage, variant: stage.name === "other" ? "lanes" : null }));
    const asWritten = { ...written, stagesMs: 50, stages: stages(10, 40) };
    const quiet = { ...lanes, stagesMs: 30.1, stages: variantStages(10.1, 20) };
    const disturbed = { ...lanes, stagesMs: 56, stages: variantStages(20, 36) };
    assert.equal(chanceBetween(quiet, asWritten), 0.1);
    assert.equal(chanceBetween(disturbed, asWritten), 1);
    assert.equal(paceWords(56, 50, chanceBetween(disturbed, asWritten)), "about as fast");
    // A stage of a millisecond says nothing of hundreds.
    const long = { ...written, stagesMs: 154, stages: stages(1.08, 152.92) };
    const slower = { ...lanes, stagesMs: 299, stages: variantStages(2.29, 296.71) };
    assert.equal(paceWords(299, 154, chanceBetween(slower, long)), "1.94× slower");
  });

  it("put the fastest that sounds the same first, or the fastest of all where none does", () => {
    const first = fastestPair([written, lanes, draft])!;
    assert.deepEqual([first.fastest, first.other, first.different], [lanes, written, draft]);
    const second = fastestPair([written, draft])!;
    assert.deepEqual([second.fastest, second.other, second.different], [draft, written, null]);
    assert.equal(fastestPair([written]), null);
  });

  it("tell a variant that is slower and different from one to name first", () => {
    const slow = { ...draft, stagesMs: 50_000 };
    const pair = fastestPair([written, lanes, slow])!;
    assert.deepEqual([pair.fastest, pair.different], [lanes, null]);
  });

  it("give small differences of results as one part in so many", () => {
    const results = { numbers: 1204, largestDifference: 0, different: null };
    assert.equal(resultsWords(results), "1,204 numbers, all the same");
    assert.equal(
      resultsWords({ ...results, largestDifference: 1 / 12_345 }),
      "1,204 numbers, at most 1 part in 12,000 apart",
    );
    assert.equal(
      plain(resultsWords({ ...results, largestDifference: 0.0321 })),
      "1,204 numbers, at most 3.2 % apart",
    );
    assert.equal(resultsWords({ ...results, numbers: 0 }), "no numbers to compare");
  });

  it("call sound identical, the same or different, with where and by how much", () => {
    const identical = summarizeSound([written, { ...written, name: "other" }]);
    assert.deepEqual(
      [identical.title, identical.words],
      ["The sound is identical", "Sample by sample, in blocks of 64, 500 and 4,096."],
    );
    assert.equal(summarizeSound([written, lanes]).title, "It sounds the same");
    assert.equal(
      plain(summarizeSound([written, lanes, draft]).words),
      "At most by −31.7 dBFS, in blocks of 64. lanes sounds the same.",
    );
    assert.equal(summarizeSound([]).verdict, null);
  });

  it("set a difference that a CD couldn't hold beside what it can", () => {
    const difference = { peakDb: -104, rmsDb: -120, at: 0.2 };
    const sound = lanes.sound.map((comparison) => ({ ...comparison, difference }));
    assert.equal(
      plain(summarizeSound([written, { ...lanes, sound }]).words),
      "At most by −104 dBFS (less than a step of 16-bit audio), in blocks of 64.",
    );
  });

  it("name several that sound different, and count many", () => {
    const named = (...names: string[]) =>
      summarizeSound([written, ...names.map((name) => ({ ...draft, name }))]);
    assert.equal(named("a", "b").title, "a and b sound different");
    assert.match(named("a", "b").words, /^Most in a: by /);
    assert.equal(named("a", "b", "c", "d").title, "4 of 5 variants sound different");
  });

  it("name the block sizes that a variant can't run in", () => {
    const refusals = [{ blockFrames: 500, reason: "It isn't a power of two." }];
    const [short, , long] = lanes.sound as [SoundComparison, SoundComparison, SoundComparison];
    const fft = { ...lanes, name: "fft", sound: [short, long], refusals };
    const run = { ...exampleRunWithVariants, variants: [written, fft] };
    assert.match(summarizeSound(run.variants).words, / fft can't run in blocks of 500\.$/);
    assert.match(plain(variantTable(run, (_, text) => text)[2]!), /same \(.*\) +can't run +same/);
    assert.equal(variantSoundLines(run).at(-1), "fft can't run in blocks of 500: It isn't a power of two.");
    const none = summarizeSound([{ ...written, sound: [], refusals }]);
    assert.deepEqual(
      [none.title, none.words],
      ["No sound could be compared", "As written it can't run in blocks of 500."],
    );
  });

  it("count samples that are no numbers, and name an end that is kept back", () => {
    const [first] = written.sound as [SoundComparison];
    assert.equal(soundWords({ ...first, notNumbers: 2 }), "differs: 2 samples that are no number");
    assert.equal(soundWords({ ...first, heldBackFrames: 100 }), "identical, without the last 100 frames");
    const late = { ...written, name: "late", sound: [{ ...first, heldBackFrames: 100 }] };
    const { title, words } = summarizeSound([written, late]);
    assert.equal(title, "The sound is identical");
    assert.match(words, /The last 100 frames couldn't be compared in late: /);
  });

  it("give the levels and the correlation of the block size that is least alike", () => {
    const sound = draft.sound.map((comparison) =>
      comparison.blockFrames === 500 ? { ...comparison, correlation: 0.5 } : comparison,
    );
    const [line] = variantSoundLines({ ...exampleRunWithVariants, variants: [{ ...draft, sound }] });
    assert.match(plain(line!), /crest factor 18\.0 dB, correlation 0\.500000 in blocks of 500, frequency/);
  });

  it("write decibels so that the smallest are read, too", () => {
    assert.deepEqual(
      [17.18, 0.5, 0.00421, 3e-9, 0].map((level) => plain(formatDecibels(level))),
      ["17.2 dB", "0.500 dB", "0.0042 dB", "< 0.0001 dB", "0 dB"],
    );
  });

  it("stand in the terminal's tables, too", () => {
    const table = variantTable(exampleRunWithVariants, (_, text) => text).map(plain);
    assert.match(table[0]!, /^variant +time +beside as written +speed +memory +sound in blocks of 64/);
    assert.match(table[2]!, /^lanes +14\.3 s +1\.48× faster +10\.0× +214 MB +same \(−132 dBFS\)/);
    assert.match(table.at(-1)!, /^One run each: a difference below 10\.0 % is taken for chance\.$/);
    assert.deepEqual(variantSoundLines(exampleRunWithVariants).map(plain), [
      "as written: RMS −18.2 dBFS, peak −1.02 dBFS, crest factor 17.2 dB, correlation 1.000000, frequency response the same",
      "lanes: RMS −18.2 dBFS, peak −1.02 dBFS, crest factor 17.2 dB, correlation 1.000000, frequency response within 0.0004 dB",
      "draft: RMS −18.4 dBFS, peak −0.420 dBFS, crest factor 18.0 dB, correlation 0.998712, frequency response up to 1.66 dB quieter, at 20.0 kHz, in blocks of 64",
    ]);
    assert.deepEqual(variantResultLines(exampleRunWithVariants).map(plain), [
      "lanes: 2 numbers, at most 1 part in 13,000,000 apart",
      "draft: 2 numbers, at most 59.0 % apart",
    ]);
  });
});
