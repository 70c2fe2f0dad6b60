import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { settingsOfFolder } from "../../src/client/settings/folderSettings.ts";
import { memoryLimitOf, readSettings, type SettingKey } from "../../src/client/settings/settings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const INITIAL = {
  pipelines: "**/*.pipeline.{ts,mts,js,mjs}",
  runtime: "auto",
  workers: null,
  segmentSeconds: 10,
  stallSeconds: 30,
  samplingMs: 3000,
  memoryLimitMB: 2048,
  "memory.highWaterMB": 1024,
  "memory.criticalMB": 1536,
  jobs: 1,
  "pipeline.optimize": true,
  "pipeline.enableVectorization": true,
  "pipeline.useCompiledLoops": true,
  "pipeline.useParallelSpectrum": true,
  "pipeline.spectrumParallelThresholdSeconds": 10,
  "pipeline.parallelChunkSize": 4096,
  "pipeline.cacheCompiled": true,
  "measure.sampling": true,
  "measure.intervalMs": 0.1,
  "measure.clock": "cpu",
  "measure.memory": true,
  "measure.memoryIntervalMs": 100,
  "measure.childProcesses": true,
  "measure.collections": true,
  "measure.io": true,
  "measure.counts": true,
  "measure.causes": true,
  "measure.silentTailSeconds": 0,
  "measure.blockSizes": [],
  "measure.repeats": 1,
  sortBy: "time",
  "alerts.cpuPercent": 80,
  "alerts.memoryMB": 2048,
  "alerts.secondsPerMinute": 30,
  "alerts.ioWaitPercent": 10,
  "reports.format": "none",
  "reports.folder": ".waveflame/reports",
  minimumShare: 0.01,
  parameters: {},
};

const read = (values: Partial<Record<SettingKey, unknown>>): ReturnType<typeof readSettings> =>
  readSettings((key) => values[key]);

describe("settings", () => {
  it("have the values of the design where nothing is set", () => {
    assert.deepEqual(read({}), { settings: INITIAL, problems: [] });
  });

  it("take what is set", () => {
    const { settings, problems } = read({
      workers: 3,
      parameters: { ratio: 4, soft: true },
      stallSeconds: 0.5,
    });
    assert.deepEqual(settings, {
      ...INITIAL,
      workers: 3,
      parameters: { ratio: 4, soft: true },
      stallSeconds: 0.5,
    });
    assert.deepEqual(problems, []);
  });

  it("keep their first value where something impossible is set, and say so", () => {
    const { settings, problems } = read({ workers: 0, memoryLimitMB: "much", parameters: { list: [1] } });
    assert.deepEqual(settings, INITIAL);
    assert.deepEqual(problems, [
      "The setting waveflame.workers is 0 and must be a whole number from 1 to 256, or null. Until then it is null.",
      'The setting waveflame.memoryLimitMB is "much" and must be a number from 256 to 1048576. Until then it is 2048.',
      'The setting waveflame.parameters is {"list":[1]} and must be an object of numbers, booleans and strings. Until then it is {}.',
    ]);
  });

  it("say that memory's marks are the wrong way round", () => {
    const { problems } = read({ "memory.highWaterMB": 2000 });
    assert.deepEqual(problems, [
      "The setting waveflame.memory.highWaterMB is 2000, above waveflame.memory.criticalMB, which is 1536: everything would be given up before less is read ahead. Set it lower.",
    ]);
    assert.deepEqual(read({ "memory.highWaterMB": 1536 }).problems, []);
  });

  it("hold the memory limit in MB of 2²⁰ bytes", () => {
    assert.equal(memoryLimitOf(read({ memoryLimitMB: 1024 }).settings), 1_073_741_824);
  });
});

describe("settings of a folder", () => {
  const folder = temporaryFolder();

  async function vscodeSettings(text: string): Promise<void> {
    await mkdir(join(folder.path, ".vscode"));
    await writeFile(join(folder.path, ".vscode", "settings.json"), text);
  }

  it("that don't exist are named, with the one that was meant", async () => {
    await vscodeSettings(
      '{ "waveflame.pipeline.optimise": false, "waveflame.colour": "red", "wave.length": 1 }',
    );
    const { problems } = await settingsOfFolder(folder.path, []);
    assert.equal(problems.length, 2);
    assert.match(
      problems[0] ?? "",
      /^There is no setting waveflame\.pipeline\.optimise, so what .*settings\.json says of it changed nothing\. Did you mean "pipeline\.optimize"\?$/,
    );
    assert.match(problems[1] ?? "", /waveflame\.colour, .* Check its spelling\.$/);
  });

  it("are read as the editor does, with comments and trailing commas", async () => {
    await vscodeSettings(
      '{ // ours\n "waveflame.workers": 2, "editor.tabSize": 4, "waveflame.parameters": { "ratio": 3, }, }',
    );
    const { settings, problems } = await settingsOfFolder(folder.path, []);
    assert.deepEqual(settings, { ...INITIAL, workers: 2, parameters: { ratio: 3 } });
    assert.deepEqual(problems, []);
  });

  it("are the first values where there is no file", async () => {
    assert.deepEqual(await settingsOfFolder(folder.path, []), { settings: INITIAL, problems: [] });
  });

  it("give way to overrides, with or without the prefix, as JSON or as text", async () => {
    await vscodeSettings('{ "waveflame.workers": 2, "waveflame.runtime": "editor" }');
    const { settings } = await settingsOfFolder(folder.path, [
      "workers=null",
      "waveflame.stallSeconds=5",
      "runtime=auto",
      'parameters={"name":"a=b"}',
    ]);
    assert.deepEqual(settings, { ...INITIAL, workers: null, stallSeconds: 5, parameters: { name: "a=b" } });
  });

  it("say where a file is broken and keep what could be read", async () => {
    await vscodeSettings('{\n "waveflame.workers": 2,\n "waveflame.runtime" "editor"\n}');
    const { settings, problems } = await settingsOfFolder(folder.path, []);
    assert.equal(settings.workers, 2);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", /settings\.json isn't complete \(ColonExpected at line 3\)/);
  });

  it("refuse overrides that can't be meant", async () => {
    await assert.rejects(
      settingsOfFolder(folder.path, ["threads=2"]),
      /There is no setting "threads": --set takes pipelines/,
    );
    await assert.rejects(
      settingsOfFolder(folder.path, ["workers"]),
      /--set needs NAME=VALUE, and "workers" isn't that/,
    );
    await assert.rejects(
      settingsOfFolder(folder.path, ["workers=1.5"]),
      /must be a whole number from 1 to 256/,
    );
  });
});
