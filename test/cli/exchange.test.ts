import assert from "node:assert/strict";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { RunStore } from "../../src/client/runs/runStore.ts";
import { readRun } from "../../src/core/run/readRun.ts";
import { waveflame } from "../support/commandLine.ts";
import { exampleRun } from "../support/exampleRun.ts";
import { LEVEL_PROFILE } from "../support/exchange/foreignProfiles.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const plain = (text: string): string => text.replaceAll("\u202f", " ");

describe("waveflame import and export", () => {
  const folder = temporaryFolder();
  const file = (name: string): string => join(folder.path, name);
  const storage = (): Record<string, string> => ({ XDG_DATA_HOME: file("data"), LOCALAPPDATA: file("data") });

  async function refused(args: readonly string[], sentence: RegExp): Promise<void> {
    const { code, out, error } = await waveflame(folder.path, args, storage());
    assert.match(error, sentence);
    assert.match(error, /^error: [^\n]+[.!?…]\n$/);
    assert.equal(out, "");
    assert.equal(code, 2);
  }

  /** As if Node had profiled the folder's own source. */
  async function profiled(): Promise<void> {
    await mkdir(file("src"));
    const lines = Array.from({ length: 20 }, (_, at) => `  step(${at + 1});`);
    await writeFile(file("src/level.ts"), lines.join("\n"));
    await utimes(file("src/level.ts"), new Date("2026-01-01"), new Date("2026-01-01"));
    const text = JSON.stringify(LEVEL_PROFILE).replaceAll("/work/app", folder.path.replaceAll("\\", "/"));
    await writeFile(file("take.cpuprofile"), text);
  }

  describe("import", () => {
    it("shows a profile as a report, with the code of its lines, and keeps it where a person works", async () => {
      await profiled();
      await mkdir(file(".git"));
      const { code, out, error } = await waveflame(folder.path, ["import", "take.cpuprofile"], storage());
      assert.equal(code, 0, error);
      const report = plain(out);
      assert.match(report, /^take\.cpuprofile \(CPU profile\)\n45\.0 ms in 1 thread, 65\.0 ms elapsed\. /);
      assert.match(report, /thread +share +self\n +All stacks +100\.0 % +45\.0 ms/);
      assert.match(report, /44\.4 % +20\.0 ms +src\/level\.ts:12 +step\(12\);/);
      assert.doesNotMatch(report, /real time|load|speed|NaN|∞|unknown|Node /);
      const store = new RunStore({ workspace: folder.path, fallback: null });
      const [id] = await store.ids();
      assert.match(error, new RegExp(`Saved as \\.waveflame.runs.${id!}`));
      const kept = await store.load(id!);
      assert.equal(kept.imported!.format, "cpuprofile");
      const [source] = kept.pipeline.files;
      assert.equal(source!.file, "src/level.ts");
      assert.match((await store.source(source!.sha256))!, /^ {2}step\(1\);/);
    });

    it("keeps nothing elsewhere, and writes JSON where that is asked for", async () => {
      await profiled();
      const { code, out } = await waveflame(
        folder.path,
        ["import", "take.cpuprofile", "--json", "-", "--quiet"],
        storage(),
      );
      assert.equal(code, 0);
      assert.equal(readRun(out).lines[0]!.line, 12);
      assert.deepEqual((await readdir(folder.path)).sort(), ["src", "take.cpuprofile"]);
    });

    it("reads what is packed, and what a shell of Windows wrote", async () => {
      await writeFile(file("take.txt.gz"), gzipSync("main (a.py:3);load (a.py:9) 3\n"));
      const utf16 = Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from("main (a.py:3);load (a.py:9) 3\r\n", "utf16le"),
      ]);
      await writeFile(file("take.txt"), utf16);
      for (const name of ["take.txt.gz", "take.txt"]) {
        const { out, error } = await waveflame(folder.path, ["import", name], storage());
        assert.match(plain(out), /3 samples in 1 thread\. /, error);
        assert.match(plain(out), /100\.0 % +3 samples +a\.py:9/);
      }
    });

    it("says where a source is younger than the profile", async () => {
      await profiled();
      await utimes(file("take.cpuprofile"), new Date("2025-01-01"), new Date("2025-01-01"));
      const { out } = await waveflame(folder.path, ["import", "take.cpuprofile"], storage());
      assert.match(out, /warning: src\/level\.ts was changed after the profile was written/);
    });

    it("refuses in a sentence what isn't a profile", async () => {
      await writeFile(file("notes.txt"), "Dear diary\n");
      await writeFile(file("broken.gz"), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
      await mkdir(file("profiles"));
      await refused(
        ["import", "notes.txt"],
        /notes\.txt can't be opened as a profile, because line 1 doesn't end in a count/,
      );
      await refused(["import", "broken.gz"], /broken\.gz is packed with gzip and damaged: save it again\.$/m);
      await refused(["import", "missing.txt"], /missing\.txt doesn't exist: check its name\.$/m);
      await refused(["import", "profiles"], /profiles is a folder: name the profile's file\.$/m);
      await refused(
        ["import", "notes.txt", "--json", "notes.txt"],
        /notes\.txt is the profile itself: change --json\.$/m,
      );
    });
  });

  describe("export", () => {
    beforeEach(async () => {
      await new RunStore({ workspace: folder.path, fallback: null }).save({ run: exampleRun, sources: [] });
    });

    it("writes the newest run, one by its id, or one in a file, for other tools", async () => {
      const named = [
        "latest",
        exampleRun.id,
        "2026-11-21",
        `.waveflame/runs/${exampleRun.id}.waveflame.json`,
      ];
      for (const run of named) {
        const { code, out, error } = await waveflame(
          folder.path,
          ["export", run, "--format", "collapsed", "--output", "-"],
          storage(),
        );
        assert.equal(code, 0, error);
        assert.match(out, /^spectrum;process \(src\/spectrum\.ts:12\) 60000$/m);
      }
    });

    it("names the file after the recording, and packs what its tools want packed", async () => {
      const { code, error } = await waveflame(
        folder.path,
        ["export", "latest", "--format", "pprof"],
        storage(),
      );
      assert.equal(code, 0);
      const name = "evening-mix 2026-11-21T14-32-07.pb.gz";
      assert.equal(error, `pprof written as ${name}\n`);
      assert.ok(gunzipSync(await readFile(file(name))).length > 1000);
    });

    it("takes the format from the file's ending, and replaces nothing but the same export", async () => {
      const args = ["export", "latest", "--output", "out.speedscope.json"];
      assert.equal((await waveflame(folder.path, args, storage())).code, 0);
      assert.equal((await waveflame(folder.path, args, storage())).code, 0);
      await writeFile(file("mine.csv"), "my,own\n");
      await refused(
        ["export", "latest", "--output", "mine.csv"],
        /mine\.csv exists already: change --output, or remove that file\.$/m,
      );
      assert.equal(await readFile(file("mine.csv"), "utf8"), "my,own\n");
    });

    it("refuses in a sentence what is no run, or not the only one", async () => {
      const second = { ...exampleRun, id: exampleRun.id.replace("14-32", "15-32") };
      await new RunStore({ workspace: folder.path, fallback: null }).save({ run: second, sources: [] });
      await writeFile(file("notes.txt"), "Dear diary\n");
      const csv = ["--format", "csv"];
      await refused(
        ["export", "2025", ...csv],
        /There is no run 2025: name a run's file, "latest", or the beginning of an id/,
      );
      await refused(["export", "2026", ...csv], /2 runs begin with 2026 \(.*\): name more of the id\./);
      await refused(["export", "notes.txt", ...csv], /notes\.txt: This run is damaged/);
      await refused(
        ["export", "latest", ...csv, "--output", "no/where.csv"],
        /where\.csv couldn't be written \(ENOENT\)/,
      );
    });
  });

  it("says that there is nothing to export where no run is kept", () =>
    refused(["export", "latest", "--format", "csv"], /This folder keeps no run: profile a recording first/));
});
