import assert from "node:assert/strict";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { findPipelines, isPipelineOf, writeStarter } from "../../src/client/pipelineFiles/pipelineFiles.ts";
import { openSample } from "../../src/client/sample/sample.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const GLOB = "**/*.pipeline.{ts,mts,js,mjs}";

/** Without a tsconfig the editor asks for less. */
const AS_STRICT_AS_CAN_BE: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  types: [],
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noPropertyAccessFromIndexSignature: true,
};

/** What the editor would list under Problems. */
function problems(files: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram(files, options);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const line = file && start !== undefined ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0;
    return `${file?.fileName ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** The same for all that a tsconfig names. */
function problemsOfProject(folder: string): string[] {
  const read = ts.readConfigFile(join(folder, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, folder);
  assert.equal(fileNames.length, 5);
  return problems(fileNames, options);
}

describe("pipelines", () => {
  const folder = temporaryFolder();
  let libraryTypes = "";

  before(async () => {
    const { writeLibraryTypes } = (await import(
      pathToFileURL(join(ROOT, "scripts", "library-types.mjs")).href
    )) as {
      writeLibraryTypes: (root: string, folder: string) => Promise<void>;
    };
    const built = join(ROOT, "test", "out", "library");
    await writeLibraryTypes(ROOT, built);
    libraryTypes = join(built, "waveflame.d.ts");
  });

  async function put(...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await mkdir(dirname(join(folder.path, path)), { recursive: true });
      await writeFile(join(folder.path, path), "throw new Error('never run by looking for it')");
    }
  }

  it("are found by name, in order, outside node_modules and hidden folders", async () => {
    await put("b.pipeline.ts", "a/müsik.pipeline.mjs", "a/b/c.pipeline.js", "a/helper.ts", "d.pipeline.mts");
    await put(
      "node_modules/x/e.pipeline.ts",
      "a/node_modules/f.pipeline.js",
      ".git/g.pipeline.ts",
      "h.pipeline.tsx",
    );
    const found = await findPipelines(folder.path, GLOB);
    assert.deepEqual(
      found.map(({ path, name }) => `${name}: ${relative(folder.path, path).split(sep).join("/")}`),
      ["c: a/b/c.pipeline.js", "müsik: a/müsik.pipeline.mjs", "b: b.pipeline.ts", "d: d.pipeline.mts"],
    );
  });

  it("are found by the glob of the setting", async () => {
    await put("chains/master.ts", "chains/deep/voice.ts", "master.ts");
    const found = await findPipelines(folder.path, "chains/*.ts");
    assert.deepEqual(
      found.map(({ name }) => name),
      ["master"],
    );
  });

  it("are found behind links to folders, once each, and circles end", async () => {
    const shared = join(folder.path, "shared");
    const work = join(folder.path, "work");
    await put("shared/chains/a.pipeline.ts", "work/own/b.pipeline.ts", "work/own/deep/c.pipeline.ts");
    const link = (to: string, at: string): Promise<void> => symlink(to, join(work, at), "junction");
    await link(shared, "shared");
    await link(join(work, "own"), "another");
    await link(work, "own/deep/round");
    await link(work, join("..", "shared", "back"));
    await link(join(work, "gone"), "broken");
    const found = await findPipelines(work, GLOB);
    assert.deepEqual(
      found.map(({ path }) => relative(work, path).split(sep).join("/")),
      ["own/b.pipeline.ts", "own/deep/c.pipeline.ts", "shared/chains/a.pipeline.ts"],
    );
  });

  it("are told by their path alone just as well", () => {
    const inside = (path: string): boolean => isPipelineOf(folder.path, GLOB, join(folder.path, path));
    assert.deepEqual(
      ["a/b.pipeline.ts", "a/b.ts", "node_modules/a.pipeline.ts", "../b.pipeline.ts"].map(inside),
      [true, false, false, false],
    );
  });

  it("are not found in a folder that is gone", async () => {
    assert.deepEqual(await findPipelines(join(folder.path, "gone"), GLOB), []);
  });

  it("begin with a starter in which the editor shows no Problems, with no tsconfig", async () => {
    const path = await writeStarter(folder.path, libraryTypes);
    assert.equal(path, join(folder.path, "starter.pipeline.ts"));
    assert.deepEqual((await readdir(folder.path)).sort(), ["starter.pipeline.ts", "waveflame.d.ts"]);
    assert.deepEqual(problems([path], AS_STRICT_AS_CAN_BE), []);
  });

  it("never overwrite one another", async () => {
    await writeStarter(folder.path, libraryTypes);
    await writeFile(join(folder.path, "starter.pipeline.ts"), "mine");
    assert.equal(await writeStarter(folder.path, libraryTypes), join(folder.path, "starter-2.pipeline.ts"));
    assert.equal(await readFile(join(folder.path, "starter.pipeline.ts"), "utf8"), "mine");
  });

  it("come with the sample, in which the editor shows no Problems", async () => {
    const sample = await openSample(join(ROOT, "media", "sample"), join(folder.path, "sample"), libraryTypes);
    const found = await findPipelines(sample, GLOB);
    assert.deepEqual(
      found.map(({ name }) => name),
      ["music-bands", "voice-level"],
    );
    assert.deepEqual(problemsOfProject(sample), []);
  });

  it("keep what a user changed in the sample when it is opened again", async () => {
    const to = join(folder.path, "sample");
    await openSample(join(ROOT, "media", "sample"), to, libraryTypes);
    await writeFile(join(to, "pitch.ts"), "faster");
    await openSample(join(ROOT, "media", "sample"), to, libraryTypes);
    assert.equal(await readFile(join(to, "pitch.ts"), "utf8"), "faster");
  });
});
