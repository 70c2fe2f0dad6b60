import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Run } from "../../src/core/run/run.ts";
import { ROOT, waveflame } from "../support/commandLine.ts";
import { GAIN, HOT_LINE, pipelineText, SMALL, writePipeline, writeTone } from "../support/smallWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ESCAPE = "\u001b";
const QUICK = ["--set", "samplingMs=200"];

describe("waveflame profile", () => {
  const folder = temporaryFolder();
  const file = (...path: readonly string[]): string => join(folder.path, ...path);
  const savedRuns = (): Promise<string[]> => readdir(file(".waveflame", "runs"));

  async function readJson<T>(path: string): Promise<T> {
    return JSON.parse(await readFile(path, "utf8")) as T;
  }

  beforeEach(async () => {
    await writePipeline(folder.path, "small.pipeline.ts", pipelineText(GAIN));
    await writeTone(file("tone.wav"));
  });

  it("takes the folder's one pipeline, reports the hot line with its code, and saves the run", async () => {
    const { code, out, error } = await waveflame(folder.path, ["profile", "tone.wav", ...QUICK]);
    assert.equal(code, 0, error);
    assert.match(
      out,
      /^Small on tone\.wav \(2\.00\u202fs, mono, 8\u202fkHz\)\n(?:warning: The machine wasn't free .*\n)?[\d.,]+× real time on one thread · /,
    );
    assert.match(out, /^ {2}gain +[\d.]+\u202f% /m);
    const [hottest = ""] = out.split("\n").filter((line) => line.includes("small.pipeline.ts:"));
    assert.match(
      hottest,
      new RegExp(
        `small\\.pipeline\\.ts:${HOT_LINE} +for \\(let j = 0; j < 40; j \\+= 1\\) samples\\[i\\] = `,
      ),
    );
    assert.equal((out + error).includes(ESCAPE), false);
    const [name = ""] = await savedRuns();
    assert.equal(error, `Saved as ${join(".waveflame", "runs", name)}\n`);
    const run = await readJson<Run>(file(".waveflame", "runs", name));
    assert.equal(`${run.id}.waveflame.json`, name);
    assert.deepEqual(
      { path: run.audio.path, pipeline: run.pipeline.file, frames: run.audio.frames, state: run.state },
      {
        path: "tone.wav",
        pipeline: "small.pipeline.ts",
        frames: SMALL.seconds * SMALL.sampleRate,
        state: "complete",
      },
    );
    const [source] = run.pipeline.files;
    assert.equal(
      await readFile(file(".waveflame", "sources", source?.sha256 ?? ""), "utf8"),
      pipelineText(GAIN),
    );
  });

  it("looks into the heap after a stage that is named, whatever else is measured, and tells who holds what", async () => {
    const keeps = `    keeps: () => {
      const voices: Voice[] = [];
      return () => { voices.push(new Voice()); };
    },`;
    const voice = "class Voice { tail = new Float32Array(20_000); }";
    await writePipeline(folder.path, "small.pipeline.ts", pipelineText(`${GAIN}\n${keeps}`, voice));
    const args = ["profile", "tone.wav", "--heap-after", "keeps", "--json", "run.json", ...QUICK];
    const { code, out, error } = await waveflame(folder.path, [...args, "--set", "measure.memory=false"]);
    assert.equal(code, 0, error);
    const { heap, stageMemory } = await readJson<Run>(file("run.json"));
    assert.equal(stageMemory, null);
    assert.equal(heap?.stage, "keeps");
    const lines = out.split("\n");
    const from = lines.indexOf("Heap after keeps");
    assert.match(lines[from + 1] ?? "", /^ {2}type +objects +size +largest held by$/);
    // Each block of the excerpt leaves 80 kB.
    assert.match(
      lines[from + 2] ?? "",
      /^ {2}system \/ JSArrayBufferData +\d+ +[\d.]+\u202fMB {2}.*Voice\.tail › Float32Array\.buffer › ArrayBuffer\.backing_store$/,
    );
    const [, heapPath = ""] = /^Heap snapshot: (.*)$/m.exec(error) ?? [];
    const snapshot = await readJson<{ readonly strings: readonly string[] }>(file(heapPath));
    assert.ok(snapshot.strings.includes("Voice"));
    const told = await waveflame(folder.path, ["report", "latest"]);
    assert.match(told.out, /^Heap after keeps\n-+\n.* in [\d,]+ objects/m);
    assert.match(told.out, /Voice\.tail › Float32Array\.buffer/);
  });

  it("refuses to look into the heap after a stage that no blocks go through, with what may be meant", async () => {
    const sum = `    sum: { scope: "file", create: () => () => {} },`;
    await writePipeline(folder.path, "small.pipeline.ts", pipelineText(`${GAIN}\n${sum}`));
    const refusal = async (stage: string): Promise<string> => {
      const { code, out, error } = await waveflame(folder.path, [
        "profile",
        "tone.wav",
        "--heap-after",
        stage,
      ]);
      assert.deepEqual([code, out], [2, ""]);
      return error;
    };
    assert.equal(
      await refusal("gian"),
      'error: The pipeline has no stage "gian", so the heap can\'t be looked into after it: blocks go through gain. Did you mean "gain"?\n',
    );
    assert.equal(
      await refusal("sum"),
      'error: No blocks go through the stage "sum", which runs once at the end, so the heap can\'t be looked into after it: blocks go through gain.\n',
    );
  });

  it("writes the run itself to the file that --json names", async () => {
    const { code, error } = await waveflame(folder.path, [
      "profile",
      "tone.wav",
      "--json",
      "run.json",
      "--quiet",
      ...QUICK,
    ]);
    assert.equal(code, 0, error);
    assert.equal(error, "");
    const [name = ""] = await savedRuns();
    assert.deepEqual(await readJson(file("run.json")), await readJson(file(".waveflame", "runs", name)));
  });

  it("writes nothing but the run to standard output with --json -", async () => {
    await writePipeline(
      folder.path,
      "small.pipeline.ts",
      pipelineText(
        `${GAIN}\n talk: () => { console.log("said by a stage"); process.stdout.write("and this"); return () => {}; },`,
      ),
    );
    const { code, out, error } = await waveflame(folder.path, [
      "profile",
      "tone.wav",
      "--json",
      "-",
      ...QUICK,
    ]);
    assert.equal(code, 0, error);
    assert.equal((JSON.parse(out) as Run).format, "waveflame-run");
    assert.equal(out.trimEnd().split("\n").length, 1);
    assert.match(error, /said by a stage/);
    assert.match(error, /and this/);
    assert.match(error, /Small on tone\.wav/);
  });

  it("writes an array for several recordings, names the one that fails, and goes on", async () => {
    await writeTone(file("takes", "zwei ü.wav"), 1);
    await writeFile(file("bad.wav"), "no sound");
    const files = ["tone.wav", "bad.wav", join("takes", "zwei ü.wav")];
    const { code, out, error } = await waveflame(folder.path, ["profile", ...files, "--json", "-", ...QUICK]);
    assert.equal(code, 2);
    const runs = JSON.parse(out) as Run[];
    assert.deepEqual(
      runs.map(({ audio }) => audio.path),
      ["tone.wav", "takes/zwei ü.wav"],
    );
    assert.match(error, /^error: .*bad\.wav/m);
    assert.match(error, /^tone\.wav · 2\.00\u202fs of audio · [\d.]+\u202f\w+ elapsed, [\d.,]+× real time$/m);
    assert.match(error, /^2 of 3 recordings profiled, all but bad\.wav\.$/m);
    assert.equal((await savedRuns()).length, 2);
    assert.ok(runs.every(({ totals }) => totals.deadline !== null));
  });

  it("goes on where only one recording displeases a stage, and names what it didn't begin where all would", async () => {
    await writeTone(file("short.wav"), 1);
    const files = ["short.wav", "tone.wav"];
    const fussy = pipelineText(`    fussy: {
      warmUp: ({ durationSeconds }) => {
        if (durationSeconds < 2) throw new Error("too short");
        return 0.1;
      },
      create: () => () => {},
    },`);
    await writePipeline(folder.path, "fussy.pipeline.ts", fussy);
    const one = await waveflame(folder.path, [
      "profile",
      ...files,
      "--pipeline",
      "fussy.pipeline.ts",
      ...QUICK,
    ]);
    assert.match(
      one.error,
      /^error: Stage "fussy" threw for short\.wav \(fussy\.pipeline\.ts:9\): too short\./m,
    );
    assert.match(one.error, /^1 of 2 recordings profiled, all but short\.wav\.$/m);

    await writePipeline(folder.path, "none.pipeline.ts", pipelineText(""));
    const all = await waveflame(folder.path, [
      "profile",
      ...files,
      "--pipeline",
      "none.pipeline.ts",
      ...QUICK,
    ]);
    assert.match(all.error, /^Not begun, because the pipeline can't be loaded: tone\.wav\.$/m);
    assert.match(all.error, /^0 of 2 recordings profiled\.$/m);
  });

  it("profiles several recordings at once with --jobs, names the one that fails, and marks the others", async () => {
    await writeTone(file("second.wav"), 1);
    await writeFile(file("bad.wav"), "no sound");
    const files = ["tone.wav", "bad.wav", "second.wav"];
    const args = ["profile", ...files, "--jobs", "3", "--json", "-", ...QUICK];
    const { code, out, error } = await waveflame(folder.path, args);
    assert.equal(code, 2);
    const runs = JSON.parse(out) as Run[];
    assert.deepEqual(
      runs.map(({ audio }) => audio.path),
      ["tone.wav", "second.wav"],
    );
    for (const { totals, findings } of runs) {
      assert.equal(totals.deadline, null);
      const [finding] = findings.filter(({ kind }) => kind === "measured-beside-others");
      assert.match(finding?.text ?? "", /^Up to 2 other recordings were profiled at the same time/);
    }
    assert.equal(error.match(/^error: .*bad\.wav/gm)?.length, 1, error);
    assert.match(error, /^2 of 3 recordings profiled, all but bad\.wav\.$/m);
  });

  it("saves nothing outside a workspace but what --json names", async () => {
    const place = file("elsewhere");
    await mkdir(place);
    const args = [
      "profile",
      "../tone.wav",
      "--pipeline",
      "../small.pipeline.ts",
      "--json",
      "run.json",
      ...QUICK,
    ];
    const { code, error } = await waveflame(place, args);
    assert.equal(code, 0, error);
    assert.deepEqual(await readdir(place), ["run.json"]);
    assert.equal(
      (await readJson<Run>(join(place, "run.json"))).audio.path,
      file("tone.wav").replaceAll("\\", "/"),
    );
  });

  it("reads the folder's settings; options go before them", async () => {
    await mkdir(file(".vscode"));
    await writeFile(
      file(".vscode", "settings.json"),
      '{ // ours\n "waveflame.segmentSeconds": 1, "waveflame.workers": 2, "waveflame.parameters": { "factor": 3 }, }',
    );
    const run = async (...args: readonly string[]): Promise<Run> => {
      const { code, out, error } = await waveflame(folder.path, [
        "profile",
        "tone.wav",
        "--json",
        "-",
        ...QUICK,
        ...args,
      ]);
      assert.equal(code, 0, error);
      return JSON.parse(out) as Run;
    };
    const asSet = await run();
    assert.equal(asSet.pipeline.segmentSeconds, 1);
    assert.deepEqual(asSet.pipeline.parameters, { "gain.factor": 3 });
    const overridden = await run(
      "--set",
      "segmentSeconds=0.5",
      "--parameter",
      "gain.factor=5",
      "--workers",
      "1",
    );
    assert.equal(overridden.pipeline.segmentSeconds, 0.5);
    assert.deepEqual(overridden.pipeline.parameters, { "gain.factor": 5 });
    assert.equal(overridden.workers.used, 1);
  });

  it("says once that the pipeline can't be read, however many recordings wait for it", async () => {
    await writeFile(file("small.pipeline.ts"), "export default {");
    const { code, error } = await waveflame(folder.path, ["profile", "tone.wav", "tone.wav", ...QUICK]);
    assert.equal(code, 2);
    assert.equal(error.match(/^error: /gm)?.length, 1, error);
  });

  it("runs the pipeline in the runtime that is named", async () => {
    const { code, out, error } = await waveflame(folder.path, [
      "profile",
      "tone.wav",
      "--runtime",
      process.execPath,
      "--json",
      "-",
      ...QUICK,
    ]);
    assert.equal(code, 0, error);
    const { runtime } = JSON.parse(out) as Run;
    assert.deepEqual(runtime, {
      source: "command line",
      node: process.versions.node,
      v8: process.versions.v8,
    });
    const wrong = await waveflame(folder.path, ["profile", "tone.wav", "--runtime", "tone.wav"]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.error, /^error: The runtime ".*tone\.wav" didn't answer as a Node: .*\n$/);
  });

  it("has colour when the environment asks for it", async () => {
    const args = ["profile", "tone.wav", ...QUICK];
    const { out } = await waveflame(folder.path, args, { FORCE_COLOR: "1" });
    assert.ok(out.startsWith(`${ESCAPE}[1mSmall${ESCAPE}[0m`));
    assert.equal((await waveflame(folder.path, args, { NO_COLOR: "1" })).out.includes(ESCAPE), false);
  });

  it("keeps the run elsewhere when the workspace can't be written, with a note", async () => {
    // A file in the folder's place refuses on every system, and for every user.
    await writeFile(file(".waveflame"), "");
    const storage = file("storage");
    const env = { XDG_DATA_HOME: storage, LOCALAPPDATA: storage, HOME: storage };
    const { code, out, error } = await waveflame(folder.path, ["profile", "tone.wav", ...QUICK], env);
    assert.equal(code, 0, error);
    assert.match(out, /information: The workspace folder can't be written .*kept in Waveflame's own storage/);
    const saved = /^Saved as (.+)$/m.exec(error)?.[1] ?? "";
    assert.ok(saved.startsWith("storage"), saved);
    assert.equal((await readJson<Run>(file(saved))).findings.at(-1)?.kind, "workspace-read-only");
  });

  describe("from a checkout", () => {
    const script = join(ROOT, "scripts", "waveflame.mjs");
    const own = join(ROOT, "node_modules", ".bin");
    const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";

    async function run(...path: readonly string[]): Promise<Run> {
      const env = {
        npm_lifecycle_event: "waveflame",
        INIT_CWD: folder.path,
        ...(path.length > 0 ? { [pathName]: path.join(delimiter) } : {}),
      };
      const args = ["profile", "tone.wav", "--json", "-", ...QUICK];
      const { code, out, error } = await waveflame(ROOT, args, env, script);
      assert.equal(code, 0, error);
      return JSON.parse(out) as Run;
    }

    it("works where the user stood when npm was called", async () => {
      assert.equal((await run()).audio.path, "tone.wav");
      assert.equal((await savedRuns()).length, 1);
    });

    it("measures on the user's Node, not on the one that npm puts before it", async function () {
      if (process.platform === "win32") {
        console.log("      not on Windows: a link can't stand for node.exe");
        this.skip();
      }
      await mkdir(file("bin"));
      await symlink(process.execPath, file("bin", "node"));
      assert.equal((await run(own, file("bin"))).runtime.source, "path");
    });

    it("measures on the Node that runs it where the user has none, and says which that is", async () => {
      await mkdir(file("bin"));
      const { runtime } = await run(own, file("bin"));
      const isOwn = process.execPath.startsWith(join(ROOT, "node_modules"));
      assert.equal(runtime.source, isOwn ? "checkout" : "command line");
      assert.equal(runtime.node, process.versions.node);
    });
  });
});
