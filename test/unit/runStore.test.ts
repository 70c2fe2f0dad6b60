import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RunStore } from "../../src/client/runs/runStore.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { MeasuredSource, ProfileOutcome } from "../../src/protocol/engine.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const GAIN: MeasuredSource = { file: "gain.ts", sha256: "9f86d081", text: "export const gain = 2;\n" };

/** The n-th run of a day. */
function outcome(n: number, sources: readonly MeasuredSource[] = []): ProfileOutcome {
  const minute = String(n).padStart(2, "0");
  const run: Run = {
    ...exampleRun,
    id: `2026-11-21T10-${minute}-00.000Z-3f9c2a1b`,
    time: `2026-11-21T10:${minute}:00.000Z`,
  };
  return { run, sources };
}

describe("the run store", () => {
  const folder = temporaryFolder();
  const inWorkspace = (): RunStore => new RunStore({ workspace: folder.path, fallback: null });
  const runsOf = async (place = folder.path): Promise<string[]> =>
    (await readdir(join(place, ".waveflame", "runs"))).sort();

  it("saves a run under its id, and gives it back", async () => {
    const { run } = outcome(1);
    const saved = await inWorkspace().save(outcome(1));
    assert.equal(
      saved.path,
      join(folder.path, ".waveflame", "runs", "2026-11-21T10-01-00.000Z-3f9c2a1b.waveflame.json"),
    );
    assert.equal(saved.note, null);
    assert.deepEqual(JSON.parse(await readFile(saved.path, "utf8")), run);
    assert.deepEqual(await inWorkspace().load(run.id), run);
  });

  it("keeps its folder out of version control", async () => {
    await inWorkspace().save(outcome(1));
    assert.equal(await readFile(join(folder.path, ".waveflame", ".gitignore"), "utf8"), "*\n");
  });

  it("finds the newest that it can read", async () => {
    assert.equal(await inWorkspace().newest(), null);
    for (const n of [2, 1, 3]) await inWorkspace().save(outcome(n));
    const file = (name: string): string =>
      join(folder.path, ".waveflame", "runs", `2026-11-21T${name}.waveflame.json`);
    await writeFile(file("11-00-00.000Z-bad"), "{");
    await writeFile(file("12-00-00.000Z-newer"), JSON.stringify({ ...exampleRun, version: 99 }));
    assert.equal((await inWorkspace().newest())?.time, "2026-11-21T10:03:00.000Z");
  });

  it("has saved a run though older ones can't be removed, and removes those that it can", async () => {
    for (let n = 1; n < 50; n += 1) await inWorkspace().save(outcome(n));
    const runs = join(folder.path, ".waveflame", "runs");
    // A folder can't be removed as a file: as with one that another program holds open on Windows.
    const stuck = "2026-11-21T09-30-00.000Z-stuck";
    await mkdir(join(runs, `${stuck}.waveflame.json`));
    await writeFile(join(runs, "2026-11-21T09-00-00.000Z-older.waveflame.json"), "{}");
    const told: string[] = [];
    const fallback = join(folder.path, "storage");
    const store = new RunStore({ workspace: folder.path, fallback, tell: (sentence) => told.push(sentence) });
    const saved = await store.save(outcome(50));
    assert.equal(saved.path, join(runs, `${outcome(50).run.id}.waveflame.json`));
    assert.equal(saved.note, null);
    assert.deepEqual(await readdir(folder.path), [".waveflame"]);
    assert.deepEqual((await runsOf()).slice(0, 2), [
      `${stuck}.waveflame.json`,
      `${outcome(1).run.id}.waveflame.json`,
    ]);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /^The old run 2026-11-21T09-30-00\.000Z-stuck couldn't be removed: /);
  });

  it("keeps the newest 50 and leaves no drafts", async () => {
    for (let n = 0; n < 53; n += 1) await inWorkspace().save(outcome(n));
    const names = await runsOf();
    assert.equal(names.length, 50);
    assert.equal(names[0], "2026-11-21T10-03-00.000Z-3f9c2a1b.waveflame.json");
    assert.ok(names.every((name) => name.endsWith(".waveflame.json")));
  });

  it("writes a source once, and never again", async () => {
    await inWorkspace().save(outcome(1, [GAIN]));
    const path = join(folder.path, ".waveflame", "sources", GAIN.sha256);
    assert.equal(await readFile(path, "utf8"), GAIN.text);
    await writeFile(path, "kept as it was");
    await inWorkspace().save(outcome(2, [GAIN]));
    assert.equal(await inWorkspace().source(GAIN.sha256), "kept as it was");
    assert.equal(await inWorkspace().source("00000000"), null);
  });

  it("takes away the sources of which no run is left", async () => {
    const files = [{ file: "gain.ts", sha256: GAIN.sha256 }];
    const old = outcome(0, [GAIN]);
    const measured = { ...old.run, pipeline: { ...old.run.pipeline, files } };
    await inWorkspace().save({ run: measured, sources: [GAIN] });
    for (let n = 1; n < 50; n += 1) await inWorkspace().save(outcome(n));
    assert.equal(await inWorkspace().source(GAIN.sha256), GAIN.text);
    await inWorkspace().save(outcome(50));
    assert.equal(await inWorkspace().source(GAIN.sha256), null);
  });

  it("falls back where the workspace can't be written, and says so in the saved run", async () => {
    const workspace = join(folder.path, "workspace");
    const fallback = join(folder.path, "storage");
    await mkdir(workspace);
    // A file in the folder's place refuses on every system, and for every user.
    await writeFile(join(workspace, ".waveflame"), "");
    const store = new RunStore({ workspace, fallback });
    const { path, note, run } = await store.save(outcome(1));
    assert.equal(note?.kind, "workspace-read-only");
    assert.ok(path?.startsWith(fallback));
    assert.deepEqual(run.findings.at(-1), note);
    assert.deepEqual(await store.load(run.id), run);
    assert.equal((await store.ids()).length, 1);
  });

  it("keeps the run itself where nothing can be written", async () => {
    await writeFile(join(folder.path, ".waveflame"), "");
    const { path, note, run } = await inWorkspace().save(outcome(1));
    assert.equal(path, null);
    assert.equal(note?.severity, "warning");
    assert.match(run.findings.at(-1)?.text ?? "", /kept nowhere/);
  });

  it("leaves earlier runs readable where a later save fails", async () => {
    await inWorkspace().save(outcome(1));
    const sources = join(folder.path, ".waveflame", "sources");
    await rm(sources, { recursive: true });
    await writeFile(sources, "");
    assert.equal((await inWorkspace().save(outcome(2, [GAIN]))).path, null);
    assert.deepEqual((await inWorkspace().load(outcome(1).run.id)).id, outcome(1).run.id);
    assert.equal((await runsOf()).length, 1);
  });

  it("opens nothing outside its folders", async () => {
    await writeFile(join(folder.path, "secret.waveflame.json"), JSON.stringify(exampleRun));
    await inWorkspace().save(outcome(1));
    await assert.rejects(inWorkspace().load("../../secret"), /This run is gone/);
    assert.equal(await inWorkspace().source("../../secret.waveflame.json"), null);
  });
});
