import assert from "node:assert/strict";
import stringWidth from "string-width";
import { terminalReport, type ReportOptions } from "../../src/core/report/terminalReport.ts";
import { fit, harmless } from "../../src/core/report/terminalText.ts";
import type { LineFigures, Run, StageFigures } from "../../src/core/run/run.ts";
import { stripVTControlCharacters } from "node:util";
import { exampleRun } from "../support/exampleRun.ts";

function stage(name: string, selfMs: number): StageFigures {
  return {
    name,
    file: "chain.pipeline.ts",
    line: 4,
    scope: "stream",
    variant: null,
    variants: [],
    latencyFrames: 0,
    warmUpSeconds: null,
    asynchronous: false,
    calls: 2000,
    selfMs,
    wallMs: selfMs,
    createMs: 0,
    share: selfMs / 100,
    load: selfMs / 10_000,
    speed: 10_000 / selfMs,
    block: { p50: selfMs / 2000, p99: 0.5, max: 1.25 },
    histogram: { edgesMs: [], counts: [] },
    ticks: 100,
  };
}

function line(file: string, number: number, selfMs: number): LineFigures {
  const share = selfMs / 100;
  return {
    file,
    line: number,
    stage: "gain",
    selfMs,
    totalMs: selfMs,
    share,
    error: 0.004,
    load: selfMs / 10_000,
    ticks: 9,
    folded: [],
  };
}

const RUN: Run = {
  ...exampleRun,
  audio: { ...exampleRun.audio, path: "录音/take.wav", durationSeconds: 10, channels: 1, sampleRate: 16_000 },
  pipeline: { ...exampleRun.pipeline, name: "Voice level", blockFrames: 512 },
  workers: { used: 1, asked: 2, byRule: 2, reason: "All stages run in order." },
  totals: {
    wallMs: 125,
    stagesMs: 100,
    load: 0.0125,
    speed: 80,
    deadline: {
      budgetMs: 32,
      blocks: 2000,
      overruns: 0,
      averageLoad: 0.01,
      peakLoad: 0.04,
      block: { p50: 0.05, p99: 0.5, max: 1.28 },
      histogram: { edgesMs: [], counts: [] },
    },
  },
  stages: [stage("gain", 90), stage("音量", 10)],
  lines: [
    line("src/gain.ts", 2, 80),
    line("src/音.ts", 1, 16),
    line("gone.ts", 7, 2),
    line("src/gain.ts", 1, 0.5),
  ],
  results: [{ stage: "gain", name: "output", time: 10, value: { gainDb: 8.707549, rms: 0.0858435 } }],
  variants: [],
  findings: [
    {
      kind: "overrun",
      severity: "warning",
      text: "Two blocks were late.",
      where: { file: "src/gain.ts", line: 2 },
    },
    { kind: "sampled-while-timed", severity: "information", text: "All is well.", where: null },
  ],
};

const SOURCES: Readonly<Record<string, string>> = {
  "src/gain.ts": "const gain = 2;\r\n\tsamples[i] *= Math.pow(10, gain / 20);\r\n",
  "src/音.ts": "const 音量 = 1; // a rather long line that goes on and on until it has to be cut",
};

const ESCAPE = "\u001b";

const OPTIONS: ReportOptions = {
  colour: false,
  columns: 80,
  source: (file) => SOURCES[file] ?? null,
  parameters: {},
  alerts: [],
};

/** Narrow no-break spaces read as spaces here. */
const report = (run: Run, change: Partial<ReportOptions> = {}): string =>
  terminalReport(run, { ...OPTIONS, ...change }).replaceAll("\u202f", " ");

describe("the report in a terminal", () => {
  it("begins with what casts doubt on every figure, and says it once", () => {
    const doubts: Run["findings"] = [
      { kind: "decoded-with-errors", severity: "warning", text: "It ends early.", where: { time: 3 } },
      { kind: "unknown-parameter", severity: "warning", text: "No such thing.", where: { stage: "gain" } },
    ];
    const text = report({ ...RUN, findings: [...RUN.findings, ...doubts] }, { parameters: { gian: 2 } });
    assert.deepEqual(text.split("\n").slice(1, 4), [
      "Parameters: gian=2",
      "warning: It ends early.",
      "warning: No such thing. (stage gain)",
    ]);
    assert.equal(text.match(/It ends early/g)?.length, 1);
    assert.match(text, /^Findings\n {2}warning: Two blocks were late\./m);
  });

  it("says what an iteration takes, where loops were counted", () => {
    const loop = { file: "src/gain.ts", stage: "gain", line: 1, endLine: 3, entries: 1 };
    const counts = {
      startSeconds: 0,
      frames: 1,
      lines: [],
      loops: [{ ...loop, iterations: 100, nsPerIteration: 25 }],
      functions: [],
      caught: [],
    };
    const text = report({ ...RUN, counts });
    assert.match(text, /share +± +time +load +iteration +line +code/);
    assert.match(text, / 0\.8 % +25\.0 ns +src\/gain\.ts:2 +samples/);
    assert.doesNotMatch(report(RUN), /iteration/);
  });

  it("says how fast, where the time went and what to know", () => {
    const expected = [
      "Voice level on 录音/take.wav (10.0 s, mono, 16 kHz)",
      "100× real time on one thread · 1.0 % load · 100 ms of work, 125 ms elapsed",
      "All stages run in order.",
      "Blocks of 512 frames last 32.0 ms: median 50.0 µs, longest 1.28 ms (4.0 % peak load), none of 2,000 late",
      "",
      "Stages",
      "  stage   share     time   load   speed  calls      p50     p99      max",
      "  gain   90.0 %  90.0 ms  0.9 %    111×  2,000  45.0 µs  500 µs  1.25 ms",
      "  音量   10.0 %  10.0 ms  0.1 %  1,000×  2,000  5.00 µs  500 µs  1.25 ms",
      "  Decoding (WAV, 24-bit PCM) took 131 ms, outside the stages.",
      "",
      "Hottest lines",
      "   share  ±         time     load  line           code",
      "  80.0 %  0.4 %  80.0 ms    0.8 %  src/gain.ts:2  samples[i] *= Math.pow(10, ga…",
      "  16.0 %  0.4 %  16.0 ms    0.2 %  src/音.ts:1    const 音量 = 1; // a rather l…",
      "   2.0 %  0.4 %  2.00 ms  < 0.1 %  gone.ts:7",
      "   0.5 %  0.4 %   500 µs  < 0.1 %  src/gain.ts:1  const gain = 2;",
      "",
      "Results",
      "  stage  result  value",
      "  gain   output  gainDb 8.708, rms 0.08584",
      "",
      "Findings",
      "  warning: Two blocks were late. (src/gain.ts:2)",
      "  information: All is well.",
      "",
    ];
    const lines = report(RUN).split("\n");
    assert.deepEqual(lines.slice(0, -2), expected);
    assert.equal(Math.max(...lines.slice(11, 14).map((text) => stringWidth(text))), OPTIONS.columns);
    assert.match(
      lines.at(-2) ?? "",
      /^Measured by Node 24\.21\.0 \(found on the PATH\) on .+ Measuring cost .+ of the stages' time\.$/,
    );
    assert.equal(lines.at(-1), "");
  });

  it("shows ten lines at most", () => {
    const lines = Array.from({ length: 14 }, (_, i) => line("a.ts", i + 1, 20 - i));
    assert.equal(report({ ...RUN, lines }).match(/ a\.ts:\d+$/gm)?.length, 10);
  });

  it("marks with colour only where it is asked for, and means the same without", () => {
    const coloured = report(RUN, { colour: true });
    assert.ok(coloured.includes(`${ESCAPE}[1;31m90.0 %${ESCAPE}[0m`));
    assert.equal(stripVTControlCharacters(coloured), report(RUN));
    assert.equal(report(RUN).includes(ESCAPE), false);
  });

  it("says when blocks were late, when it was cancelled, and leaves out what there isn't", () => {
    const deadline = { ...RUN.totals.deadline!, overruns: 3 };
    assert.match(report({ ...RUN, totals: { ...RUN.totals, deadline } }), /, 3 of 2,000 late$/m);
    const cancelled = report({
      ...RUN,
      state: "cancelled",
      lines: [],
      results: [],
      findings: [],
      totals: { ...RUN.totals, deadline: null },
    });
    assert.match(cancelled, /^Cancelled: the figures are of what was measured until then\.$/m);
    assert.doesNotMatch(cancelled, /Hottest|Results|Findings|Blocks of/);
  });

  it("names the variants that ran and the parameters that were given", () => {
    const [gain, other] = RUN.stages;
    const text = report(
      { ...RUN, stages: [{ ...gain!, variant: "plain" }, other!] },
      { parameters: { "gain.decibels": -3, variant: "plain" } },
    );
    assert.match(text, /^ {2}gain \(plain\) +90\.0 %/m);
    assert.match(text, /^ {2}音量 +10\.0 %/m);
    assert.match(text, /^Parameters: gain\.decibels=-3, variant=plain$/m);
    assert.doesNotMatch(report(RUN), /^Parameters/m);
  });

  it("shows a line outside the workspace from the folder in which its pipeline's lies", () => {
    const pipeline = { ...RUN.pipeline, file: "/opt/pipelines/mastering/mastering.pipeline.ts" };
    const lines = [
      line("/opt/pipelines/mastering/optimised/spectrum.ts", 36, 50),
      line("/opt/pipelines/shared/rise.ts", 7, 30),
      line("/opt/other/far.ts", 8, 10),
      line("src/near.ts", 9, 9),
    ];
    assert.deepEqual(report({ ...RUN, pipeline, lines }).match(/\S+\.ts:\d+$/gm), [
      "mastering/optimised/spectrum.ts:36",
      "shared/rise.ts:7",
      "/opt/other/far.ts:8",
      "src/near.ts:9",
    ]);
  });

  it("tells results in at most twelve lines, and how many it left out", () => {
    const results = Array.from({ length: 15 }, (_, i) => ({
      stage: "gain",
      name: `level ${i}`,
      time: 0,
      value: i,
    }));
    const text = report({ ...RUN, results });
    assert.equal(text.match(/^ .*level \d+ +\d+$/gm)?.length, 12);
    assert.match(text, /^ {2}and 3 others: --json writes all of them$/m);
  });

  it("can't be made to command the terminal", () => {
    const evil = "\u001b]0;title\u0007\u009b2J";
    const text = report(
      {
        ...RUN,
        audio: { ...RUN.audio, path: evil },
        pipeline: { ...RUN.pipeline, name: evil },
        stages: [stage(evil, 90)],
        lines: [line(`${evil}.ts`, 1, 80)],
        results: [{ stage: evil, name: evil, time: 0, value: { [evil]: evil } }],
        findings: [{ kind: "cancelled", severity: "error", text: evil, where: { stage: evil } }],
      },
      { source: () => evil },
    );
    assert.doesNotMatch(text.replaceAll("\n", ""), /\p{Cc}/u);
  });

  it("puts text of several lines on one", () => {
    assert.equal(harmless("no more:\r\n  at\tline 3\u0007"), "no more: at  line 3\ufffd");
  });

  it("cuts wide letters and joined ones whole", () => {
    assert.equal(fit("abcdef", 6), "abcdef");
    assert.equal(fit("abcdef", 5), "abcd…");
    assert.equal(fit("音声処理", 6), "音声…");
    assert.equal(stringWidth(fit("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5)), 5);
    assert.equal(fit("e\u0301e\u0301e\u0301", 2), "e\u0301…");
  });
});
