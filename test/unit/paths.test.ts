import assert from "node:assert/strict";
import { isAbsoluteRunPath, runPath, systemPath } from "../../src/core/names/paths.ts";

describe("paths in a run", () => {
  const cases: readonly [what: string, absolute: string, workspace: string | null, inRun: string][] = [
    ["inside a workspace", "/home/ann/project/src/gain.ts", "/home/ann/project", "src/gain.ts"],
    ["outside it", "/mnt/audio/take 1.wav", "/home/ann/project", "/mnt/audio/take 1.wav"],
    [
      "beside it, with its name as a beginning",
      "/home/ann/project-2/a.ts",
      "/home/ann/project",
      "/home/ann/project-2/a.ts",
    ],
    ["without a workspace", "/home/ann/a.wav", null, "/home/ann/a.wav"],
    ["in the root", "/a.wav", "/", "a.wav"],
    ["with letters of other languages", "/données/音声/ü.wav", "/données", "音声/ü.wav"],
    ["with a backslash in a POSIX name", "/data/a\\b.wav", "/data", "a\\b.wav"],
    ["on a Windows drive", "C:\\work\\src\\gain.ts", "C:\\work", "src/gain.ts"],
    ["on a drive spelled differently", "c:\\Work\\src\\gain.ts", "C:\\work\\", "src/gain.ts"],
    ["on another drive", "d:\\audio\\a.wav", "C:\\work", "D:/audio/a.wav"],
    ["in a drive's root", "C:\\a.wav", "C:\\", "a.wav"],
    ["on a network share", "\\\\server\\share\\a b.wav", "C:\\work", "//server/share/a b.wav"],
    ["in a workspace on a share", "\\\\server\\share\\ws\\ä\\b.wav", "\\\\SERVER\\share\\ws", "ä/b.wav"],
  ];
  for (const [what, absolute, workspace, inRun] of cases) {
    it(`${what}: ${inRun}`, () => {
      assert.equal(runPath(absolute, workspace), inRun);
    });
  }

  it("lead back to the file on the system of the workspace", () => {
    assert.equal(systemPath("src/gain.ts", "/home/ann/project"), "/home/ann/project/src/gain.ts");
    assert.equal(systemPath("src/gain.ts", "C:\\work"), "C:\\work\\src\\gain.ts");
    assert.equal(systemPath("ä/b.wav", "\\\\server\\share\\ws\\"), "\\\\server\\share\\ws\\ä\\b.wav");
    assert.equal(systemPath("a.wav", "/"), "/a.wav");
  });

  it("lead back to files outside the workspace", () => {
    assert.equal(systemPath("/mnt/audio/a.wav", "/home/ann"), "/mnt/audio/a.wav");
    assert.equal(systemPath("D:/audio/a.wav", "C:\\work"), "D:\\audio\\a.wav");
    assert.equal(systemPath("//server/share/a.wav", null), "\\\\server\\share\\a.wav");
  });

  it("are told apart", () => {
    assert.deepEqual(["a/b.ts", "C:/b.ts", "/b.ts", "//s/b.ts"].map(isAbsoluteRunPath), [
      false,
      true,
      true,
      true,
    ]);
  });
});
