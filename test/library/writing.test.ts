import assert from "node:assert/strict";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  besideFile,
  checkWritable,
  isSameFile,
  makeFolderFor,
  mayReplace,
  openAudioFile,
  pathFrom,
  textMark,
  wavMark,
  WavWriter,
  writeTextFile,
  writeWav,
} from "waveflame";
import { writeProblem } from "../../src/library/files/writeProblem.ts";
import { decodeAll } from "../support/audioFixtures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("Writing a file", () => {
  const folder = temporaryFolder();
  const inFolder = (...parts: string[]): string => join(folder.path, ...parts);

  it("gives a text its name when it is whole, in place of an older one", async () => {
    writeFileSync(inFolder("report.json"), "older");
    await writeTextFile(inFolder("report.json"), "ünd so weiter\n");
    assert.equal(readFileSync(inFolder("report.json"), "utf8"), "ünd so weiter\n");
    assert.deepEqual(readdirSync(folder.path), ["report.json"]);
  });

  it("can be done many times at once, even of one name: the last one stays", async () => {
    const options = { sampleRate: 8000, channelCount: 1 };
    const path = inFolder("one.wav");
    const writers = await Promise.all(Array.from({ length: 20 }, () => WavWriter.create(path, options)));
    for (const [frames, writer] of writers.entries()) {
      await writer.write([new Float32Array(frames)]);
      await writer.close();
    }
    assert.deepEqual(readdirSync(folder.path), ["one.wav"]);
    assert.equal((await decodeAll(await openAudioFile(path))).frames, 19);
  });

  it("fails with the same sentence, whether it is a text or sound", async () => {
    mkdirSync(inFolder("taken"));
    writeFileSync(inFolder("file"), "");
    const reasons = {
      "missing/out": `out can't be written: the folder ${inFolder("missing")} doesn't exist. Make it first.`,
      taken: "taken can't be written: a folder has that name. Choose another one.",
    };
    for (const [name, message] of Object.entries(reasons)) {
      await assert.rejects(writeTextFile(inFolder(name), "text"), { name: "WriteError", message });
      await assert.rejects(writeWav(inFolder(name), [], { sampleRate: 8000, channelCount: 1 }), {
        name: "WriteError",
        message,
      });
    }
    assert.deepEqual(readdirSync(folder.path), ["file", "taken"]);
  });

  it("makes the folders around a file where they are missing", async () => {
    const path = inFolder("of/a/kind.txt");
    for (let time = 0; time < 2; time++) await makeFolderFor(path);
    assert.deepEqual(readdirSync(inFolder("of/a")), []);
    writeFileSync(path, "");
    for (const below of [`${path}/out.txt`, `${path}/deep/out.txt`])
      await assert.rejects(makeFolderFor(below), {
        name: "WriteError",
        message: `out.txt can't be written: ${path} isn't a folder. Choose another place.`,
      });
  });

  it("ends where the system takes no folders", async function () {
    if (process.platform !== "linux") {
      console.log("      not run: only Linux has /proc");
      this.skip();
    }
    await assert.rejects(makeFolderFor("/proc/none/out.txt"), {
      message: "out.txt can't be written: the folder /proc/none can't be made. Choose another place.",
    });
  });

  it("is refused before, where it can be known that it will fail", async () => {
    mkdirSync(inFolder("taken"));
    writeFileSync(inFolder("file"), "");
    for (const path of ["file", "new.wav", "folders/that/are/made/new.wav"])
      await checkWritable(inFolder(path));
    const refused = {
      taken: "taken can't be written: a folder has that name. Choose another one.",
      "taken/": "taken can't be written: a folder has that name. Choose another one.",
      "new/": `new can't be written: "${inFolder("new/")}" names a folder. Choose a file's name.`,
      "file/of/out.wav": `out.wav can't be written: ${inFolder("file")} isn't a folder. Choose another place.`,
    };
    const long = "n".repeat(240);
    for (const name of [long, `${long}${long}`])
      await assert.rejects(checkWritable(inFolder(name)), {
        message: `${name} can't be written: its name is too long. Choose a shorter one.`,
      });
    for (const [path, message] of Object.entries(refused))
      await assert.rejects(checkWritable(inFolder(path)), { name: "WriteError", message });
    assert.deepEqual(readdirSync(folder.path), ["file", "taken"]);
  });

  it("replaces only what has a mark, or nothing in it", async () => {
    const mark = textMark('{"made from": "täke.wav",');
    const texts: [string, boolean][] = [
      ['{"made from": "täke.wav", "and": "more"}', true],
      ["", true],
      ['{"made from": "another.wav"}', false],
      ['[{"made from": "täke.wav", "and": "more"}]', false],
      ["{", false],
    ];
    for (const [text, expected] of texts) {
      writeFileSync(inFolder("there"), text);
      assert.equal(await mayReplace(inFolder("there"), mark), expected, text);
      const writing = writeTextFile(inFolder("there"), "new", mark);
      if (expected) await writing;
      else
        await assert.rejects(writing, {
          name: "WriteError",
          message:
            "there can't be written: another file has that name. Choose another one, or remove that file.",
        });
      assert.equal(readFileSync(inFolder("there"), "utf8"), expected ? "new" : text);
    }
    assert.equal(await mayReplace(inFolder("not there"), mark), true);
    await writeTextFile(inFolder("not there"), "new", mark);
    assert.deepEqual(readdirSync(folder.path), ["not there", "there"]);
  });

  it("gives a name to only one of those who write it at once, where they have other marks", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `recording ${index}`);
    const writing = names.map((name) =>
      writeTextFile(inFolder("one.csv"), `${name}\n`, textMark(`${name}\n`)),
    );
    const written = (await Promise.allSettled(writing)).flatMap(({ status }, index) =>
      status === "fulfilled" ? [names[index]] : [],
    );
    assert.equal(written.length, 1);
    assert.equal(readFileSync(inFolder("one.csv"), "utf8"), `${written[0]}\n`);
    assert.deepEqual(readdirSync(folder.path), ["one.csv"]);
  });

  it("replaces sound only where this writer wrote it with the comment", async () => {
    const options = { sampleRate: 8000, channelCount: 1 };
    const path = inFolder("out.wav");
    const write = (comment: string, frames: number): Promise<void> =>
      writeWav(path, [{ channels: [new Float32Array(frames)] }], {
        ...options,
        comment,
        own: wavMark(comment),
      });
    await write("of track.aiff", 10);
    await write("of track.aiff", 20);
    for (const comment of ["of track.aif", "of track.aiff2", ""])
      await assert.rejects(
        write(comment, 30),
        /^WriteError: out\.wav can't be written: another file has that name\./,
      );
    assert.equal((await decodeAll(await openAudioFile(path))).frames, 20);
  });

  it("goes where a link leads, which stays one", async function () {
    if (process.platform === "win32") {
      console.log("      not run: links need rights there");
      this.skip();
    }
    mkdirSync(inFolder("deep"));
    writeFileSync(inFolder("deep", "real"), "");
    symlinkSync(inFolder("deep", "real"), inFolder("link"));
    await writeTextFile(inFolder("link"), "new");
    assert.equal(readFileSync(inFolder("deep", "real"), "utf8"), "new");
    assert.ok(lstatSync(inFolder("link")).isSymbolicLink());
    symlinkSync(inFolder("nowhere"), inFolder("dangling"));
    await assert.rejects(checkWritable(inFolder("dangling")), {
      message: "dangling can't be written: a link that leads nowhere has that name. Choose another one.",
    });
    await assert.rejects(checkWritable("/dev/null"), {
      message: "null can't be written: what has that name is no file. Choose another one.",
    });
  });

  it("names another file from where it lies", () => {
    assert.equal(pathFrom(inFolder("out", "a.wav"), inFolder("takes", "a.mp3")), "../takes/a.mp3");
    assert.equal(pathFrom(inFolder("a.wav"), inFolder("a.mp3")), "a.mp3");
  });

  const failed = (code: string, syscall = "open"): Error =>
    Object.assign(new Error(`${code}: why, ${syscall}`), { code, syscall });

  it("says what to do, by what the system said", async () => {
    const because: Record<string, string> = {
      ENOSPC: `the disk is full. Make room in ${folder.path}.`,
      EROFS: `${folder.path} is read-only. Choose another folder.`,
      EACCES: `${folder.path} is read-only. Choose another folder.`,
      ENOTDIR: `${folder.path} isn't a folder. Choose another place.`,
      ENAMETOOLONG: "its name is too long. Choose a shorter one.",
      EIO: "EIO: why, open. Choose another place.",
    };
    for (const [code, reason] of Object.entries(because)) {
      assert.equal(await writeProblem(failed(code), inFolder("a.wav")), `a.wav can't be written: ${reason}`);
    }
  });

  it("on Windows tells a file that somebody has open from a name that a folder has", async () => {
    mkdirSync(inFolder("taken.wav"));
    writeFileSync(inFolder("open.wav"), "sound");
    const problem = (code: string, name: string, platform: NodeJS.Platform): Promise<string> =>
      writeProblem(failed(code, "rename"), inFolder(name), platform);
    for (const code of ["EPERM", "EACCES", "EBUSY"]) {
      assert.equal(
        await problem(code, "open.wav", "win32"),
        "open.wav can't be written: another program has it open, or it is write-protected. Close it there, or choose another name.",
      );
    }
    assert.equal(
      await problem("EPERM", "taken.wav", "win32"),
      "taken.wav can't be written: a folder has that name. Choose another one.",
    );
    assert.match(await problem("EPERM", "open.wav", "linux"), /is read-only/);
  });
});

describe("Two paths", () => {
  const folder = temporaryFolder();
  const inFolder = (...parts: string[]): string => join(folder.path, ...parts);

  it("lead to one file however they are written", async () => {
    mkdirSync(inFolder("music"));
    const recording = inFolder("music", "song.wav");
    writeFileSync(recording, "sound");
    writeFileSync(inFolder("music", "copy.wav"), "sound");
    assert.equal(await isSameFile(recording, besideFile(recording, "song.wav")), true);
    assert.equal(await isSameFile(recording, besideFile(recording, "../music/./song.wav")), true);
    assert.equal(await isSameFile(recording, besideFile(recording, "copy.wav")), false);
    assert.equal(await isSameFile(recording, besideFile(recording, "report.wav")), false);
    assert.equal(await isSameFile(inFolder("gone"), inFolder("gone")), false);
  });

  it("lead to one file through links, too", async function () {
    const recording = inFolder("song.wav");
    writeFileSync(recording, "sound");
    try {
      symlinkSync(recording, inFolder("link.wav"));
      linkSync(recording, inFolder("name.wav"));
    } catch {
      console.log("      not run: this account, or this file system, has no links");
      this.skip();
    }
    assert.equal(await isSameFile(recording, inFolder("link.wav")), true);
    assert.equal(await isSameFile(recording, inFolder("name.wav")), true);
  });
});
