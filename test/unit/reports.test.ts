import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reportName } from "../../src/client/reports/reportName.ts";
import { writeReport, writeReportOf } from "../../src/client/reports/writeReport.ts";
import { findRun } from "../../src/client/runs/findRun.ts";
import { RunStore } from "../../src/client/runs/runStore.ts";
import { readSettings, type SettingKey, type Settings } from "../../src/client/settings/settings.ts";
import { NO_THRESHOLDS } from "../../src/core/alerts/thresholds.ts";
import { runReport, type RunReportOptions } from "../../src/core/report/document/runReport.ts";
import { escaped } from "../../src/core/report/render/markdown.ts";
import { REPORT_FORMATS, reportText, type ReportFormat } from "../../src/core/report/reportFormats.ts";
import { readRun } from "../../src/core/run/readRun.ts";
import type { Run } from "../../src/core/run/run.ts";
import { measuredRun } from "../support/exampleMeasured.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { exampleRunWithVariants } from "../support/exampleVariants.ts";
import { opened } from "../support/exchange/foreignProfiles.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const OPTIONS: RunReportOptions = {
  thresholds: { cpuPercent: 10, memoryMB: null, secondsPerMinute: 30, ioWaitPercent: null },
  sortBy: "time",
  source: (file) => (file === "src/biquad.ts" ? "y = a | `b`;\n".repeat(40) : null),
};

const text = (format: ReportFormat, run: Run = measuredRun, change: Partial<RunReportOptions> = {}): string =>
  reportText(run, format, { ...OPTIONS, ...change }).replaceAll("\u202f", " ");

const titles = (run: Run, change: Partial<RunReportOptions> = {}): string[] =>
  runReport(run, { ...OPTIONS, ...change }).sections.map(({ title }) => title);

describe("a report", () => {
  it("begins with what casts doubt on every figure, then with the limits that were broken", () => {
    const doubt = { kind: "decoded-with-errors", severity: "warning", text: "It ends early.", where: null };
    const run = { ...measuredRun, findings: [...measuredRun.findings, doubt] } as Run;
    assert.deepEqual(titles(run).slice(0, 3), ["Read this first", "Alerts", "Verdict"]);
    assert.equal(text("txt", run).match(/It ends early/g)?.length, 1);
  });

  it("says that limits were kept, and nothing of them where none is set", () => {
    const kept = { thresholds: { ...NO_THRESHOLDS, memoryMB: 2048 } };
    assert.match(text("txt", measuredRun, kept), /^Alerts\n-+\nNone: the run keeps all limits/m);
    assert.ok(!titles(measuredRun, { thresholds: NO_THRESHOLDS }).includes("Alerts"));
  });

  it("has a section for all that was measured, and none for what wasn't", () => {
    const all = [
      ...["Alerts", "Verdict", "Stages", "Hottest lines", "Priorities", "Targets"],
      ...["Functions by self time", "Functions by total time", "Functions by calls"],
      ...["Slow blocks", "Slow blocks that cost most", "Block sizes"],
      ...["Memory", "Memory and collections by stage", "Functions that allocate most", "Garbage collection"],
      ...["Heap after limiter", "Files and network by stage", "Files", "Network", "What each worker did"],
      ...["Over time", "Results", "Findings"],
      ...["How it was measured", "What measuring cost"],
    ];
    assert.deepEqual(titles(measuredRun), all);
    const extra = [
      ...["Functions by calls", "Slow blocks", "Slow blocks that cost most", "Block sizes"],
      ...["Memory and collections by stage", "Functions that allocate most", "Garbage collection"],
      ...["Heap after limiter", "Files and network by stage", "Files", "Network", "What each worker did"],
      ...["Over time", "What measuring cost"],
    ];
    assert.deepEqual(
      titles(exampleRun),
      all.filter((title) => !extra.includes(title)),
    );
    assert.ok(titles(exampleRunWithVariants).includes("Sound of the variants"));
  });

  it("lists functions first by what the setting says", () => {
    const lists = (sortBy: RunReportOptions["sortBy"]): string[] =>
      titles(measuredRun, { sortBy }).filter((title) => title.startsWith("Functions by"));
    assert.equal(lists("time")[0], "Functions by self time");
    assert.equal(lists("cumulative")[0], "Functions by total time");
    assert.deepEqual(lists("calls"), [
      "Functions by calls",
      "Functions by self time",
      "Functions by total time",
    ]);
  });

  it("says the same in each format: every cell of every table is in each", () => {
    const cells = runReport(measuredRun, OPTIONS).sections.flatMap(({ table }) =>
      (table?.rows ?? []).flat().map((cell) => cell.text.replaceAll("\u202f", " ")),
    );
    assert.ok(cells.length > 400, String(cells.length));
    const plain = {
      txt: text("txt"),
      md: text("md").replaceAll("\\|", "|").replaceAll("\\[", "["),
      html: text("html").replaceAll("&lt;", "<").replaceAll("&#39;", "'"),
    };
    for (const [format, written] of Object.entries(plain))
      assert.deepEqual(
        cells.filter((cell) => !written.includes(cell)),
        [],
        format,
      );
  });

  it("is the run itself as JSON", () => {
    assert.deepEqual(readRun(reportText(measuredRun, "json", OPTIONS)), measuredRun);
  });

  it("of another tool's profile says whose it is, and nothing of recordings", () => {
    const imported = { format: "speedscope", file: "a.json", tool: "speedscope@1.22", unit: "time" } as const;
    const report = text("txt", { ...exampleRun, imported });
    assert.match(
      report,
      /^Waveflame report: a\.json\nOpened from a\.json \(speedscope, written by speedscope@1\.22\)/,
    );
    assert.doesNotMatch(report, /real time on one thread|Decoding|evening-mix|How it was measured/);
  });

  it("of another tool's profile ranks its functions and lines alone, in what that tool counted", () => {
    const run = opened("main (a.py:3);load (a.py:9) 3\nmain (a.py:3) 1\n", "take.txt");
    const lists = ["Functions by self samples", "Functions by total samples"];
    assert.deepEqual(titles(run, { thresholds: { ...OPTIONS.thresholds, cpuPercent: 0 } }), [
      ...["Threads", "Hottest lines"],
      ...lists,
    ]);
    const report = text("txt", run);
    assert.match(report, /^4 samples in 1 thread\. Another tool measured this/m);
    assert.match(report, /^ share +self +line +code\n75\.0 % +3 samples +a\.py:9/m);
    assert.match(report, /75\.0 % of all samples\.$/m);
    assert.doesNotMatch(report, /stage|speed|±| ms|NaN/);
  });
});

describe("a report in Markdown", () => {
  it("has tables of equally many cells, with the figures at the right", () => {
    const tables = text("md")
      .trimEnd()
      .split("\n\n")
      .filter((part) => part.startsWith("|"));
    assert.ok(tables.length > 10);
    for (const table of tables) {
      const widths = table.split("\n").map((row) => row.match(/(?<!\\)\|/g)?.length);
      assert.equal(new Set(widths).size, 1, table);
    }
    assert.match(text("md"), /\| stage \| share \|.*\n\| --- \| ---: \|.*\n\| spectrum \| 11\.7 % \|/);
  });

  it("escapes what would be markup and nothing that reads well as it is", () => {
    const cases: readonly [string, string][] = [
      ["voice_level.ts", "voice_level.ts"],
      ["_private_", "\\_private\\_"],
      ["a * b", "a \\* b"],
      ["a | b", "a \\| b"],
      ["<b>&amp;", "\\<b>\\&amp;"],
      ["< 0.1 % & more", "< 0.1 % & more"],
      ["[x](y)", "\\[x](y)"],
      ["# one", "\\# one"],
      ["1. one", "1\\. one"],
      ["- one", "\\- one"],
      ["−16.2 dB, 1.5 ms", "−16.2 dB, 1.5 ms"],
      ["two\nlines", "two lines"],
    ];
    for (const [plain, wanted] of cases) assert.equal(escaped(plain), wanted);
  });

  it("fences code, whatever it holds", () => {
    assert.match(text("md"), /\| src\/biquad\.ts:31 \| ``y = a \\\| `b`;`` \|/);
  });
});

describe("the name of a report", () => {
  const flat: Run = {
    ...exampleRun,
    audio: { ...exampleRun.audio, path: "speech.wav" },
    pipeline: { ...exampleRun.pipeline, file: "voice-level.pipeline.ts" },
  };
  const inFolder = (path: string): Run => ({ ...flat, audio: { ...flat.audio, path } });

  it("is that of the recording, with its ending, and of the pipeline", () => {
    assert.equal(reportName(flat, "html"), "speech.wav.voice-level.html");
    assert.equal(reportName({ ...flat, id: "another" }, "html"), reportName(flat, "html"));
  });

  it("tells recordings and pipelines of one name apart by their folders", () => {
    const pipeline = { ...flat.pipeline, file: "old/voice-level.pipeline.ts" };
    const names = [flat, inFolder("a/speech.wav"), inFolder("b/speech.wav"), { ...flat, pipeline }].map(
      (run) => reportName(run, "md"),
    );
    assert.equal(new Set(names).size, 4, names.join("\n"));
    assert.match(names[1]!, /^speech\.wav\.voice-level\.[\da-f]{8}\.md$/);
  });

  it("is one that every system takes", () => {
    assert.equal(reportName(inFolder('take "1": a?.wav'), "txt"), "take -1-- a-.wav.voice-level.txt");
  });
});

describe("writing a report after a run", () => {
  const folder = temporaryFolder();
  const settings = (values: Partial<Record<SettingKey, unknown>>): Settings =>
    readSettings((key) => values[key]).settings;
  const write = (values: Partial<Record<SettingKey, unknown>>): Promise<string | null> =>
    writeReportOf(exampleRun, settings(values), new Map(), folder.path);

  it("isn't done unless it is asked for", async () => {
    assert.equal(await write({}), null);
    assert.deepEqual(await readdir(folder.path), []);
  });

  for (const format of REPORT_FORMATS) {
    it(`replaces the one of the run before, and nothing else: ${format}`, async () => {
      const first = await write({ "reports.format": format });
      const second = await write({ "reports.format": format });
      assert.equal(second, first);
      assert.deepEqual((await readdir(join(folder.path, ".waveflame", "reports"))).length, 1);
      await writeFile(first!, "mine");
      await assert.rejects(write({ "reports.format": format }), {
        message: `${first} holds something else than such a report: change waveflame.reports.folder, or remove that file.`,
      });
      assert.equal(await readFile(first!, "utf8"), "mine");
    });
  }

  it("keeps them out of version control where they lie beside the runs", async () => {
    await write({ "reports.format": "txt" });
    assert.equal(await readFile(join(folder.path, ".waveflame", ".gitignore"), "utf8"), "*\n");
  });

  it("goes where the setting says, relative to the folder, making it", async () => {
    const path = (await write({ "reports.format": "md", "reports.folder": "docs/profiles" })) ?? "";
    assert.ok(path.startsWith(join(folder.path, "docs", "profiles", "evening-mix.wav.voice-master.")), path);
    assert.match(
      await readFile(path, "utf8"),
      /^# Waveflame report: evening-mix\.wav through Voice master\n/,
    );
  });

  it("says in a sentence where it can't", async () => {
    await writeFile(join(folder.path, "file"), "");
    await assert.rejects(
      write({ "reports.format": "md", "reports.folder": "file/reports" }),
      /^Error: The report .*evening-mix\S+md couldn't be written \(\w+\): change waveflame\.reports\.folder\.$/,
    );
  });

  it("writes through a link, which stays one", async function () {
    const [target, link] = [join(folder.path, "real.md"), join(folder.path, "link.md")];
    await writeFile(target, "");
    try {
      await symlink(target, link);
    } catch {
      console.log("      no links here");
      this.skip();
    }
    await writeReport(link, "# Waveflame report: a\n", "md", "change it");
    assert.equal(await readFile(target, "utf8"), "# Waveflame report: a\n");
  });
});

describe("the run that a person means", () => {
  const folder = temporaryFolder();
  const NEWER = "2026-11-22T09-00-00.000Z-3f9c2a1b";
  const save = (run: Run): Promise<unknown> =>
    new RunStore({ workspace: folder.path, fallback: null }).save({ run, sources: [] });
  const meant = async (named: string): Promise<string> =>
    (await findRun(named, { workspace: folder.path, fallback: null })).id;

  it("is the newest, one by the beginning of its id, or a file", async () => {
    await save(exampleRun);
    await save({ ...exampleRun, id: NEWER });
    assert.equal(await meant("latest"), NEWER);
    assert.equal(await meant("2026-11-21"), exampleRun.id);
    assert.equal(await meant(NEWER), NEWER);
    await mkdir(join(folder.path, "kept"));
    await writeFile(
      join(folder.path, "kept", "run.json"),
      JSON.stringify({ ...exampleRun, id: "elsewhere" }),
    );
    assert.equal(await meant("kept/run.json"), "elsewhere");
  });

  it("is asked for where there is none, or several", async () => {
    await assert.rejects(meant("latest"), /^Error: This folder keeps no run: profile a recording first/);
    await assert.rejects(meant("2026"), /^Error: There is no run 2026, and this folder keeps none: /);
    await save(exampleRun);
    await save({ ...exampleRun, id: NEWER });
    await assert.rejects(meant("2026-11"), {
      message: `2 runs begin with 2026-11 (${NEWER}, ${exampleRun.id}): name more of the id.`,
    });
    await assert.rejects(meant("1999"), new RegExp(`There is no run 1999: .*the newest is ${NEWER}`));
    await assert.rejects(meant(""), /There is no run : /);
  });

  it("lies elsewhere where its folder couldn't be written: by its id, and never as the latest of a folder", async () => {
    const elsewhere = join(folder.path, "elsewhere");
    await new RunStore({ workspace: elsewhere, fallback: null }).save({ run: exampleRun, sources: [] });
    const found = (named: string): Promise<Run> =>
      findRun(named, { workspace: join(folder.path, "app"), fallback: elsewhere });
    assert.equal((await found(exampleRun.id)).id, exampleRun.id);
    assert.equal((await found("2026-11-21")).id, exampleRun.id);
    await assert.rejects(found("latest"), {
      message: `This folder keeps no run: profile a recording first, or name a run's file or its id. The newest of those that their folders couldn't take is ${exampleRun.id}.`,
    });
    await assert.rejects(
      found("1999"),
      new RegExp(`There is no run 1999: .* a kept run \\(the newest is ${exampleRun.id}\\)`),
    );
    await save({ ...exampleRun, id: NEWER });
    const inBoth = await findRun("latest", { workspace: folder.path, fallback: elsewhere });
    assert.equal(inBoth.id, NEWER);
  });

  it("is named where its file isn't a run", async () => {
    await writeFile(join(folder.path, "no.json"), "{}");
    await assert.rejects(meant("no.json"), /^Error: no\.json: This isn't a run that Waveflame saved\.$/);
  });
});
