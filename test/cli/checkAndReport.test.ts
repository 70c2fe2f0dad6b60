import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { waveflame } from "../support/commandLine.ts";
import { GAIN, HOT_LINE, pipelineText, writePipeline, writeTone } from "../support/smallWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const QUICK = ["--set", "samplingMs=200"];
/** No code is so fast. */
const BROKEN = ["--set", "alerts.cpuPercent=0.0001"];

describe("waveflame profile --check", () => {
  const folder = temporaryFolder();
  const file = (...path: readonly string[]): string => join(folder.path, ...path);
  const profile = (...args: readonly string[]): ReturnType<typeof waveflame> =>
    waveflame(folder.path, ["profile", ...args, ...QUICK]);

  beforeEach(async () => {
    await writePipeline(folder.path, "small.pipeline.ts", pipelineText(GAIN));
    await writeTone(file("tone.wav"));
  });

  it("ends with 1 and names the guilty line as compilers do, also where it is to be quiet", async () => {
    const { code, out, error } = await profile("tone.wav", "--check", "--quiet", ...BROKEN);
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.match(
      error,
      new RegExp(
        `^small\\.pipeline\\.ts:${HOT_LINE}: warning: One worker alone needs [\\d.]+\\u202f% of real time, and waveflame\\.alerts\\.cpuPercent allows .*, so begin there\\.\\n$`,
      ),
    );
  });

  it("ends with 0 where all limits are kept, which those of the settings are here", async () => {
    const { code, error } = await profile("tone.wav", "--check", "--quiet");
    assert.deepEqual([code, error], [0, ""]);
  });

  it("is needed for that: without it the report says so and the end is 0", async () => {
    const { code, out } = await profile("tone.wav", ...BROKEN);
    assert.equal(code, 0);
    assert.match(out, /^Findings\n {2}warning: One worker alone needs .*\(small\.pipeline\.ts:11\)$/m);
  });

  it("names the recording where there are several, and ends with 2 where one failed", async () => {
    await writeFile(file("bad.wav"), "no sound");
    await writeTone(file("second.wav"), 1);
    const { code, error } = await profile(
      "tone.wav",
      "bad.wav",
      "second.wav",
      "--check",
      "--quiet",
      ...BROKEN,
    );
    assert.equal(code, 2);
    const lines = error.split("\n").filter((line) => line.includes(": warning: "));
    assert.deepEqual(
      lines.map((line) => /warning: (\S+): One worker alone/.exec(line)?.[1]),
      ["tone.wav", "second.wav"],
    );
  });

  it("says that there is nothing to check where no limit is set", async () => {
    const none = ["cpuPercent", "memoryMB", "secondsPerMinute", "ioWaitPercent"].flatMap((name) => [
      "--set",
      `alerts.${name}=null`,
    ]);
    const { code, error } = await profile("tone.wav", "--check", "--quiet", ...none);
    assert.equal(code, 0);
    assert.match(error, /^warning: --check has nothing to check: no limit is set in waveflame\.alerts\.\n$/);
  });
});

describe("a report of the command line", () => {
  const folder = temporaryFolder();
  const file = (...path: readonly string[]): string => join(folder.path, ...path);

  beforeEach(async () => {
    await writePipeline(folder.path, "small.pipeline.ts", pipelineText(GAIN));
    await writeTone(file("takes", "tone.wav"));
  });

  it("is written after each run where the settings ask for it, and told", async () => {
    await mkdir(file(".vscode"));
    await writeFile(file(".vscode", "settings.json"), '{ "waveflame.reports.format": "html" }');
    const run = (...args: readonly string[]): ReturnType<typeof waveflame> =>
      waveflame(folder.path, ["profile", join("takes", "tone.wav"), ...QUICK, ...args]);
    const { code, error } = await run();
    assert.equal(code, 0, error);
    await run("--quiet");
    const reports = await readdir(file(".waveflame", "reports"));
    assert.equal(reports.length, 1, reports.join("\n"));
    assert.match(reports[0]!, /^tone\.wav\.small\.[\da-f]{8}\.html$/);
    assert.ok(error.endsWith(`Report: ${join(".waveflame", "reports", reports[0]!)}\n`), error);
    const page = await readFile(file(".waveflame", "reports", reports[0]!), "utf8");
    assert.match(page, /<code>for \(let j = 0; j &lt; 40; j \+= 1\) samples\[i\] = Math\.sin/);
  });

  it("that can't be written is told in a sentence, and the run is kept", async () => {
    await writeFile(file("full"), "");
    const args = ["--set", "reports.format=md", "--set", "reports.folder=full/reports", "--quiet"];
    const { code, error } = await waveflame(folder.path, ["profile", "takes/tone.wav", ...QUICK, ...args]);
    assert.equal(code, 0);
    assert.match(
      error,
      /^warning: The report .* couldn't be written \(\w+\): change waveflame\.reports\.folder\.\n$/,
    );
    assert.equal((await readdir(file(".waveflame", "runs"))).length, 1);
  });

  it("of a saved run goes to the terminal or to a file, with the code as it was measured", async () => {
    await waveflame(folder.path, ["profile", "takes/tone.wav", "--quiet", ...QUICK]);
    await writePipeline(folder.path, "small.pipeline.ts", "// another one\n".repeat(20));
    const shown = await waveflame(folder.path, ["report", "latest"]);
    assert.deepEqual([shown.code, shown.error], [0, ""]);
    assert.match(shown.out, /^Waveflame report: tone\.wav through Small\n/);
    assert.match(shown.out, /small\.pipeline\.ts:11 +for \(let j = 0; j < 40; j \+= 1\)/);
    const [saved = ""] = await readdir(file(".waveflame", "runs"));
    const written = await waveflame(folder.path, ["report", saved.slice(0, 16), "--output", "run.md"]);
    assert.deepEqual([written.code, written.out, written.error], [0, "", ""]);
    assert.match(await readFile(file("run.md"), "utf8"), /^# Waveflame report: tone\.wav through Small\n/);
  });

  it("is refused in a sentence where there is no such run, or something else has the file", async () => {
    const none = await waveflame(folder.path, ["report", "latest"]);
    assert.equal(none.code, 2);
    assert.match(none.error, /^error: This folder keeps no run: profile a recording first/);
    await waveflame(folder.path, ["profile", "takes/tone.wav", "--quiet", "--json", "run.json", ...QUICK]);
    await writeFile(file("mine.md"), "# Mine\n");
    const taken = await waveflame(folder.path, ["report", "run.json", "--output", "mine.md"]);
    assert.equal(taken.code, 2);
    assert.match(
      taken.error,
      /mine\.md holds something else than such a report: change --output, or remove that file\.\n$/,
    );
    const missing = await waveflame(folder.path, ["report", "run.json", "--output", "no/where.md"]);
    assert.match(
      missing.error,
      /couldn't be written \(the folder .*no doesn't exist\): change --output\.\n$/,
    );
  });
});
