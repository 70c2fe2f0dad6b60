import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { parseCommand } from "../../src/client/commandLine/arguments.ts";
import { choosePipeline } from "../../src/client/commandLine/choosePipeline.ts";
import type { ProfileCommand } from "../../src/client/commandLine/commands/profileArguments.ts";
import { keepsRuns } from "../../src/client/commandLine/keepsRuns.ts";
import { ownRuntime } from "../../src/client/commandLine/ownRuntime.ts";
import { progressLine } from "../../src/client/commandLine/progressLine.ts";
import { userStorage } from "../../src/client/commandLine/storage.ts";
import { terminalOf } from "../../src/client/commandLine/terminal.ts";
import { progressOf } from "../../src/client/profiling/progressText.ts";
import { inEnglish } from "../../src/client/translate.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const GLOB = "**/*.pipeline.ts";

function profile(...args: readonly string[]): ProfileCommand {
  const command = parseCommand(["profile", ...args]);
  assert.equal(command.kind, "profile");
  return (command as { readonly profile: ProfileCommand }).profile;
}

describe("the arguments", () => {
  it("are all understood", () => {
    const args =
      "a.wav b.wav --pipeline p.ts --json - --workers 3 --set minimumShare=0 --set waveflame.runtime=auto --stall 2.5 --runtime editor --quiet";
    assert.deepEqual(profile(...args.split(" "), "--parameter", "ratio=4", "--parameter=mode=soft knee"), {
      files: ["a.wav", "b.wav"],
      pipeline: "p.ts",
      json: "-",
      runtime: "editor",
      parameters: { ratio: 4, mode: "soft knee" },
      overrides: ["minimumShare=0", "waveflame.runtime=auto", "workers=3", "stallSeconds=2.5"],
      variants: false,
      heapAfter: null,
      check: false,
      quiet: true,
    });
    assert.equal(profile("a.wav", "--variants").variants, true);
    assert.equal(profile("a.wav", "--check").check, true);
    assert.equal(profile("a.wav", "--heap-after", "limiter").heapAfter, "limiter");
  });

  it("of a report take its format from the file's ending unless it is named, and text for the terminal", () => {
    const report = (...args: readonly string[]): unknown => parseCommand(["report", "latest", ...args]);
    const of = (format: string, output: string): unknown => ({
      kind: "report",
      report: { run: "latest", format, output, overrides: [] },
    });
    assert.deepEqual(report(), of("txt", "-"));
    assert.deepEqual(report("--output", "out/a.HTML"), of("html", "out/a.HTML"));
    assert.deepEqual(report("--output", "a.html", "--format", "md"), of("md", "a.html"));
  });

  it("take a parameter's value as number, truth value or text", () => {
    const args = ["a=-18", "b=true", "c=1e-3", "d=08", "e=", "f=[1]", "g=null"].flatMap((one) => [
      "--parameter",
      one,
    ]);
    assert.deepEqual(profile("x.wav", ...args).parameters, {
      a: -18,
      b: true,
      c: 0.001,
      d: "08",
      e: "",
      f: "[1]",
      g: "null",
    });
  });

  it("may name a recording that begins with a dash", () => {
    assert.deepEqual(profile("--quiet", "--", "-take.wav").files, ["-take.wav"]);
  });

  it("are refused in a sentence", () => {
    const refusals: readonly [string, RegExp][] = [
      ["profile", /^No recording is named: waveflame profile FILE…$/],
      [
        "measure a.wav",
        /^There is no command "measure": waveflame knows "profile", "report", "export" and "import"\.$/,
      ],
      [
        "profile a.wav --format html",
        /^--format is for waveflame report and export: after each run a report is written by /,
      ],
      ["report", /^No run is named: waveflame report RUN, /],
      ["report a b", /^A report is of one run: a or b\?$/],
      ["report a --format pdf", /^There is no report in pdf: --format takes html, json, txt, md\.$/],
      ["report a --workers 2", /^Unknown option '--workers': see waveflame --help\.$/],
      ["export", /^No run is named: waveflame export RUN, as waveflame export latest\.$/],
      ["export a b --format csv", /^One run is exported at a time: leave out b\.$/],
      [
        "export a --format xml",
        /^There is no format "xml": name one of cpuprofile, speedscope, collapsed, pprof, chrome-trace, csv\.$/,
      ],
      ["export a --output a.txt", /^No format is named: add --format with one of cpuprofile, /],
      ["export a --pipeline p", /^Unknown option '--pipeline': see waveflame --help\.$/],
      ["import", /^No profile is named: waveflame import FILE$/],
      ["import a b", /^One profile is opened at a time: leave out b\.$/],
      ["profile a.wav --fast", /^Unknown option '--fast': see waveflame --help\.$/],
      ["profile a.wav --json", /^Option '--json <value>' argument missing: see waveflame --help\.$/],
      ["profile a.wav --parameter ratio", /^--parameter needs NAME=VALUE, and "ratio" isn't that\.$/],
    ];
    for (const [args, sentence] of refusals)
      assert.throws(() => parseCommand(args.split(" ")), { message: sentence });
  });

  it("name a run and what to write it as, or a profile to open", () => {
    const exported = (text: string): unknown => parseCommand(text.split(" "));
    assert.deepEqual(exported("export latest --format csv --output -"), {
      kind: "export",
      export: { run: "latest", format: "csv", output: "-" },
    });
    assert.deepEqual(exported("export 2026 --output out/a.speedscope.json"), {
      kind: "export",
      export: { run: "2026", format: "speedscope", output: "out/a.speedscope.json" },
    });
    assert.deepEqual(exported("import a.cpuprofile --json run.json --quiet"), {
      kind: "import",
      import: { file: "a.cpuprofile", json: "run.json", quiet: true },
    });
  });

  it("may stand before the command", () => {
    assert.deepEqual(parseCommand(["--json", "profile", "profile", "a.wav"]), {
      kind: "profile",
      profile: profile("a.wav", "--json", "profile"),
    });
  });

  it("ask for help or the version, whatever else is there", () => {
    assert.deepEqual(parseCommand([]), { kind: "help" });
    assert.deepEqual(parseCommand(["profile", "--help"]), { kind: "help" });
    assert.deepEqual(parseCommand(["-h"]), { kind: "help" });
    assert.deepEqual(parseCommand(["--version"]), { kind: "version" });
  });
});

describe("the folder where the user stands", () => {
  const folder = temporaryFolder();
  const put = (name: string): Promise<void> => writeFile(join(folder.path, name), "");
  const shipped = join(import.meta.dirname, "../../src/pipelines");
  const choose = (named: string | null): Promise<string> => choosePipeline(folder.path, GLOB, named, shipped);

  it("gives its one pipeline", async () => {
    await put("a.pipeline.ts");
    assert.equal(await choose(null), join(folder.path, "a.pipeline.ts"));
  });

  it("says what to do where it has none, or several", async () => {
    await assert.rejects(choose(null), {
      message:
        "No pipeline was found here (**/*.pipeline.ts), and no AudioWorklet processor: name one with --pipeline, also one that ships (features, mastering), or go to the folder that holds it.",
    });
    await put("b.pipeline.ts");
    await put("a.pipeline.ts");
    await assert.rejects(choose(null), {
      message: "There are 2 pipelines here (a.pipeline.ts, b.pipeline.ts): name one with --pipeline.",
    });
  });

  it("gives any file that is named, and refuses what isn't one", async () => {
    await put("chain.ts");
    assert.equal(await choose("chain.ts"), join(folder.path, "chain.ts"));
    await assert.rejects(
      choose("no.ts"),
      /The pipeline no\.ts doesn't exist: name a file, or one that ships \(features, mastering\)\./,
    );
    await assert.rejects(choose("."), /The pipeline \. is a folder/);
  });

  it("gives one that lies anywhere in it by its name, and lists those it has where none is called so", async () => {
    await mkdir(join(folder.path, "chains"));
    await put("chains/voice.pipeline.ts");
    await put("music.pipeline.ts");
    assert.equal(await choose("voice"), join(folder.path, "chains", "voice.pipeline.ts"));
    assert.equal(await choose("voice.pipeline.ts"), join(folder.path, "chains", "voice.pipeline.ts"));
    assert.equal(await choose("Voice"), join(folder.path, "chains", "voice.pipeline.ts"));
    await assert.rejects(choose("opera"), {
      message:
        "The pipeline opera doesn't exist: name one of this folder (voice, music), or one that ships (features, mastering).",
    });
    for (const [name, meant] of [
      ["vioce", "voice"],
      ["masterng", "mastering"],
    ])
      await assert.rejects(choose(name!), {
        message: `The pipeline ${name} doesn't exist: did you mean ${meant}?`,
      });
    await put("voice.pipeline.ts");
    await assert.rejects(
      choose("voice"),
      /There are 2 pipelines voice here \(chains.voice\.pipeline\.ts, voice\.pipeline\.ts\): name the file/,
    );
  });

  it("gives one that ships by its name, unless a file has it", async () => {
    assert.equal(await choose("mastering"), join(shipped, "mastering", "mastering.pipeline.ts"));
    assert.equal(await choose("Mastering"), join(shipped, "mastering", "mastering.pipeline.ts"));
    await put("Mastering.pipeline.ts");
    assert.equal(await choose("mastering"), join(shipped, "mastering", "mastering.pipeline.ts"));
    assert.equal(await choose("Mastering"), join(folder.path, "Mastering.pipeline.ts"));
    await put("mastering");
    assert.equal(await choose("mastering"), join(folder.path, "mastering"));
  });

  it("keeps runs where a person works", async () => {
    const chain = join(folder.path, "chain.ts");
    assert.equal(await keepsRuns(folder.path, GLOB, chain), false);
    assert.equal(await keepsRuns(folder.path, GLOB, join(folder.path, "deep", "a.pipeline.ts")), true);
    assert.equal(await keepsRuns(folder.path, GLOB, join(folder.path, "..", "a.pipeline.ts")), false);
    for (const mark of [".vscode", ".waveflame", ".git"]) {
      const place = join(folder.path, mark.slice(1));
      await mkdir(join(place, mark), { recursive: true });
      assert.equal(await keepsRuns(place, GLOB, chain), true);
    }
    await put("package.json");
    assert.equal(await keepsRuns(folder.path, GLOB, chain), true);
  });
});

describe("the Node that runs the command line", () => {
  const folder = temporaryFolder();

  it("is named as the checkout's where that brought it", () => {
    const brought = join(folder.path, "node_modules", "node", "bin", "node");
    assert.equal(ownRuntime(folder.path, brought).source, "checkout");
    assert.equal(ownRuntime(folder.path, "/usr/bin/node").source, "command line");
  });
});

describe("the terminal", () => {
  const stream = (isTTY: boolean): PassThrough => Object.assign(new PassThrough(), { isTTY, columns: 60 });
  const colour = (isTTY: boolean, env: Record<string, string>): boolean =>
    terminalOf(stream(isTTY), stream(isTTY), env).out.colour;

  it("has colour where a person looks, unless the environment says otherwise", () => {
    assert.equal(colour(true, {}), true);
    assert.equal(colour(false, {}), false);
    assert.equal(colour(true, { NO_COLOR: "1" }), false);
    assert.equal(colour(true, { NO_COLOR: "" }), true);
    assert.equal(colour(false, { FORCE_COLOR: "1" }), true);
    assert.equal(colour(false, { FORCE_COLOR: "" }), true);
    assert.equal(colour(true, { FORCE_COLOR: "0" }), false);
    assert.equal(colour(true, { TERM: "dumb" }), false);
  });

  const progress = {
    phase: "timed",
    stage: "gain",
    segment: 2,
    segments: 6,
    audioSeconds: 12.5,
    totalSeconds: 60,
    leftSeconds: 3,
  } as const;

  it("shows progress on one line and takes it away", () => {
    const error = stream(true);
    const line = progressLine(terminalOf(stream(true), error, { NO_COLOR: "1" }).error);
    line.show(`a.wav: ${progressOf(progress, inEnglish)}`);
    line.erase();
    line.erase();
    const text = "a.wav: timing, stage gain, segment 2 of 6, 0:12.5 of 1:00.…";
    assert.equal(String(error.read()), `\r\u001b[K${text}\r\u001b[K`);
  });

  it("shows no progress in a file", () => {
    const error = stream(false);
    const line = progressLine(terminalOf(stream(true), error, {}).error);
    line.show("a.wav: timing");
    line.erase();
    assert.equal(error.read(), null);
  });

  it("knows where each system keeps what belongs to a user", () => {
    assert.equal(userStorage("linux", "/home/ann", {}), join("/home/ann", ".local", "share", "waveflame"));
    assert.equal(userStorage("linux", "/home/ann", { XDG_DATA_HOME: "/data" }), join("/data", "waveflame"));
    assert.equal(
      userStorage("darwin", "/Users/ann", {}),
      join("/Users/ann", "Library", "Application Support", "waveflame"),
    );
    assert.equal(
      userStorage("win32", "C:\\Users\\ann", { LOCALAPPDATA: "C:\\local" }),
      join("C:\\local", "waveflame"),
    );
  });
});
