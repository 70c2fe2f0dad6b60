import assert from "node:assert/strict";
import { recommend } from "../../src/core/recommend/recommendations.ts";
import type { Recommendation } from "../../src/core/recommend/recommendations.ts";
import type { FileAccess } from "../../src/core/run/measured/io.ts";
import type { Finding, Run, StageFigures } from "../../src/core/run/run.ts";
import { drawRun, exampleRun } from "../support/exampleRun.ts";

const EVEN = `
a p.ts:3 block
  process a.ts:1
    :2 1000
    :3 1000
    :4 1000
    :5 1000
    :6 1000
    :7 1000
    :8 1000
    :9 1000
`;

/** Nothing stands out: eight equal lines, no late block, as many workers as the rule gives. */
const evenRun: Run = drawRun({
  tree: EVEN,
  slow: {},
  wallMs: 1400,
  with: { workers: { used: 6, asked: null, byRule: 6, reason: "The rule." }, findings: [] },
});

function only(run: Run, kind: Recommendation["kind"]): Recommendation {
  const found = recommend(run).filter((each) => each.kind === kind);
  assert.equal(found.length, 1, `one recommendation ${kind}`);
  return found[0]!;
}

describe("recommendations", () => {
  it("are none where nothing stands out", () => {
    assert.deepEqual(recommend(evenRun), []);
  });

  it("come with the largest gain first", () => {
    assert.deepEqual(
      recommend(exampleRun).map(({ kind }) => kind),
      ["scope", "hot-line", "overruns"],
    );
  });

  it("name the line that takes most, its figures and what half of it would save", () => {
    const { title, because, gain, where } = only(exampleRun, "hot-line");
    // 3940 ms in the equaliser and 130 ms in the loudness stage, of 21,160 ms.
    assert.match(title, /19\.2\u202f%/);
    assert.match(
      because,
      /biquad\.ts:31 costs 4\.07\u202fs, ± 0\.7 points, in the stages equaliser and loudness/,
    );
    assert.equal(gain.ms, 2035);
    assert.deepEqual(where, { stage: "equaliser", file: "src/biquad.ts", line: 31 });
  });

  it("say how much of its stage such a line is where one stage alone runs it", () => {
    const tree =
      "a p.ts:3 block\n  process a.ts:1\n    :2 600\n    :3 200\nb p.ts:4 block\n  process b.ts:1\n    :2 200";
    const { because } = only(drawRun({ tree, slow: {}, with: { findings: [] } }), "hot-line");
    assert.match(because, /a\.ts:2 costs 600\u202fms, .*: 75\.0\u202f% of the a stage\.$/);
  });

  it("don't name a line that is within its error of the ordinary", () => {
    const unsure = {
      ...exampleRun,
      lines: exampleRun.lines.map((line, index) => (index === 0 ? { ...line, error: 0.06 } : line)),
    };
    assert.ok(!recommend(unsure).some(({ kind }) => kind === "hot-line"));
  });

  it("name the stage whose freedom would shorten the run: envelope, compressor and limiter take 10.2 s", () => {
    const { because, gain, where } = only(exampleRun, "scope");
    assert.match(because, /envelope, compressor and limiter/);
    assert.equal(where?.stage, "compressor");
    // Without it the equaliser's group of 7860 of 10180 ms is the longest.
    assert.ok(Math.abs(gain.ms! - 10_900 * (1 - 7860 / 10_180)) < 1e-6);
  });

  it("say nothing about scope to one worker, or where the workers wait for something else", () => {
    const alone = { ...exampleRun, workers: { ...exampleRun.workers, used: 1 } };
    assert.ok(!recommend(alone).some(({ kind }) => kind === "scope"));
    assert.ok(!recommend(drawRun({ wallMs: 40_000 })).some(({ kind }) => kind === "scope"));
  });

  it("point late blocks at the stage whose slow blocks are out of line", () => {
    const { because, gain, where } = only(exampleRun, "overruns");
    assert.match(because, /168 of 13,500 blocks/);
    assert.equal(where?.stage, "equaliser");
    assert.equal(gain.ms, null);
    assert.match(gain.text, /168 late blocks/);
  });

  it("suggest the rule's workers where fewer were used and more could share the work", () => {
    const slow = { ...evenRun, workers: { used: 2, asked: 2, byRule: 6, reason: "The setting says 2." } };
    const run = { ...slow, totals: { ...slow.totals, wallMs: 4000 } };
    const { title, gain } = only(run, "more-workers");
    assert.equal(title, "Use 6 workers instead of 2");
    assert.ok(Math.abs(gain.ms! - (4000 - 8000 / 6)) < 1e-6);
  });

  it("warn of more workers than the machine runs at once", () => {
    const run = { ...evenRun, workers: { used: 12, asked: 12, byRule: 6, reason: "The setting says 12." } };
    assert.match(only(run, "fewer-workers").because, /12 workers shared 8 logical cores/);
  });

  it("name the stage whose memory is collected", () => {
    const run = drawRun({ tree: `${EVEN}  (garbage_collector) 800`, slow: {}, with: { findings: [] } });
    const { because, gain } = only(run, "collection");
    assert.match(because, /800\u202fms, 9\.1\u202f%/);
    assert.equal(gain.ms, 800);
  });

  describe("about files", () => {
    const [first] = evenRun.stages;
    /** The only stage works 8000 ms in 13,500 calls. */
    const using = (change: Partial<FileAccess>, stage: Partial<StageFigures> = {}): Run => ({
      ...evenRun,
      stages: [{ ...first!, ...stage }],
      io: {
        files: [
          {
            path: "data/table.json",
            stage: "a",
            mode: "r",
            opened: 13_500,
            calls: 13_500,
            bytesRead: 135_000,
            bytesWritten: 0,
            ms: 1000,
            ...change,
          },
        ],
        filesLeftOut: 0,
        network: [],
        waitShare: "unknown",
      },
    });

    it("say that what is read in every block can be read once", () => {
      const { title, because, gain, where } = only(using({}), "files");
      assert.equal(title, "Let a read table.json once, in its factory");
      assert.match(because, /13,500 times in 13,500 calls of its own: 1\.00\u202fs, 12\.5\u202f%/);
      assert.equal(gain.ms, 1000);
      assert.equal(where?.stage, "a");
    });

    it("say that what is written in every block can be gathered", () => {
      const { title } = only(using({ mode: "a", bytesRead: 0, bytesWritten: 9 }), "files");
      assert.equal(title, "Let a write table.json in larger parts");
    });

    it("promise no work less where the stage only waits for them", () => {
      const { gain } = only(using({}, { asynchronous: true }), "files");
      assert.equal(gain.ms, null);
    });

    it("are none below a tenth of the stage's time, and none about what the factory reads", () => {
      assert.deepEqual(recommend(using({ ms: 790 })), []);
      assert.deepEqual(recommend(using({ calls: 4 })), []);
      assert.deepEqual(recommend(using({ stage: "" })), []);
    });
  });

  for (const kind of ["not-a-number-in-recording", "not-a-number-from-stage"] as const) {
    it(`put values that aren't numbers before everything else: ${kind}`, () => {
      const finding: Finding = {
        kind,
        severity: "warning",
        text: "441,000 samples are no finite number.",
        where: { time: 0.5 },
      };
      const [first] = recommend({ ...exampleRun, findings: [...exampleRun.findings, finding] });
      assert.equal(first?.kind, "not-a-number");
      assert.equal(first.because, finding.text);
      assert.equal(first.where, finding.where);
    });
  }
});
