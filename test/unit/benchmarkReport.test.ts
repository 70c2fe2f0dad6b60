import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { boundedFigure, plainFigure, unmeasuredFigure, type Figure } from "../../bench/report/figure.ts";
import { keepResults } from "../../bench/report/results.ts";
import { tableOf, type BenchmarkReport } from "../../bench/report/table.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const { machine } = exampleRun;
const gain = (value: number): Figure => boundedFigure("gain", value, "×", "≥ 2×", value >= 2);
const reportOf = (benchmark: string, ...figures: Figure[]): BenchmarkReport => ({
  benchmark,
  machine,
  figures,
});

describe("a benchmark's table", () => {
  const lastLine = (...figures: Figure[]): string | undefined =>
    tableOf(reportOf("fft", ...figures))
      .split("\n")
      .at(-1);

  it("keeps a bound whose peer is missing, says why, and counts it", () => {
    const table = tableOf(
      reportOf("fft", gain(3), unmeasuredFigure("ours ÷ FFTW", "×", "≤ 1.5×", "no FFTW")),
    );
    assert.match(table, /^ours ÷ FFTW +– +≤ 1\.5× +not measured: no FFTW$/m);
    assert.ok(table.endsWith("1 of 2 bounds hold, 1 not measured."), table);
  });

  it("ends with how many bounds hold", () => {
    assert.equal(lastLine(gain(2), gain(3), plainFigure("size", 4, "MB")), "2 of 2 bounds hold.");
    assert.equal(lastLine(gain(1), gain(3)), "1 of 2 bounds hold, 1 missed.");
    assert.equal(lastLine(plainFigure("size", 4, "MB")), "No bound is promised.");
  });
});

describe("kept results of benchmarks", () => {
  const folder = temporaryFolder();
  const keep = async (...reports: BenchmarkReport[]): Promise<string> => {
    const path = join(folder.path, "RESULTS.md");
    for (const report of reports) await keepResults(path, report);
    return readFile(path, "utf8");
  };

  it("stand in sorted sections, each in place of the one before", async () => {
    const text = await keep(
      reportOf("memory", gain(3)),
      reportOf("decode", gain(4)),
      reportOf("memory", gain(5)),
    );
    assert.match(text, /^# Results/);
    assert.deepEqual(text.match(/^## .*$/gm), ["## decode", "## memory"]);
    assert.deepEqual(text.match(/^gain +\d×/gm), ["gain       4×", "gain       5×"]);
  });

  it("keep what was written below a table", async () => {
    const path = join(folder.path, "RESULTS.md");
    const before = await keep(reportOf("fft", gain(1)), reportOf("scaling", gain(2)));
    const notes = "Tried: four lanes.\n\n```text\n3 % slower\n```\n\nThe reason is the memory.";
    await writeFile(path, before.replace("\n## scaling", `\n${notes}\n\n## scaling`));
    const after = await keep(reportOf("fft", gain(6)));
    assert.ok(after.includes(`hold.\n\`\`\`\n\n${notes}\n\n## scaling\n`), after);
    assert.equal(after, await keep(reportOf("fft", gain(6))));
  });
});
