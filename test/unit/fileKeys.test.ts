import assert from "node:assert/strict";
import { posix, win32, type PlatformPath } from "node:path";
import { keyOfRunFile, keysOfOpenFile, runFileOf, type FileSystem } from "../../src/host/runs/fileKeys.ts";

describe("the files that a saved run names", () => {
  /** A system that remembers what it was asked about; `links` are the real paths of some. */
  function system(paths: PlatformPath, links: Record<string, string> = {}): FileSystem & { asked: string[] } {
    const asked: string[] = [];
    const realPath = (path: string): string => {
      asked.push(path);
      return links[path] ?? path;
    };
    return { paths, foldsCase: paths === win32, realPath, asked };
  }

  const keyIn = (on: FileSystem, file: string, folder: string | null): string =>
    keyOfRunFile(runFileOf(file, folder, on), on);

  it("are never looked for on another machine", () => {
    const windows = system(win32);
    const wanted = [
      "//host/share/x.ts",
      "\\\\host\\share\\x.ts",
      "/\\host/share/x.ts",
      "//?/UNC/host/share/x.ts",
    ];
    for (const file of wanted) {
      keyIn(windows, file, "C:\\work");
      keyIn(windows, file, null);
    }
    assert.deepEqual(
      windows.asked.filter((path) => !path.startsWith("C:\\work\\")),
      [],
    );
    for (const file of ["//host/share/x.ts", "/\\host/share/x.ts"]) {
      assert.equal(runFileOf(file, "C:\\work", windows).isRemote, true, file);
    }
    assert.equal(runFileOf("a/x.ts", "C:\\work", windows).isRemote, false);
  });

  it("are looked for in the run's folder alone", () => {
    const linux = system(posix);
    for (const file of ["/etc/passwd", "../outside.ts", "a/../../outside.ts", "/music-too/x.ts"]) {
      keyIn(linux, file, "/music");
      assert.equal(runFileOf(file, "/music", linux).isInside, false, file);
    }
    assert.deepEqual(linux.asked, []);
    keyIn(linux, "..a/x.ts", "/music");
    assert.deepEqual(linux.asked, ["/music/..a/x.ts"]);
  });

  it("are looked for in a folder that lies on another machine because a person opened it", () => {
    const windows = system(win32);
    const file = runFileOf("a/x.ts", "\\\\server\\share\\work", windows);
    assert.deepEqual(file, { path: "\\\\server\\share\\work\\a\\x.ts", isInside: true, isRemote: false });
    assert.equal(runFileOf("//other/share/x.ts", "\\\\server\\share\\work", windows).isRemote, true);
  });

  it("are known again behind links, and outside the folder under their real names", () => {
    const linux = system(posix, {
      "/home/music/x.ts": "/disk/music/x.ts",
      "/home/lib/y.ts": "/disk/lib/y.ts",
    });
    const known = keyIn(linux, "x.ts", "/home/music");
    assert.ok(keysOfOpenFile("/disk/music/x.ts", linux).includes(known));
    assert.ok(keysOfOpenFile("/home/music/x.ts", linux).includes(known));
    assert.ok(
      keysOfOpenFile("/home/lib/y.ts", linux).includes(keyIn(linux, "/disk/lib/y.ts", "/home/music")),
    );
  });

  it("are the same in either case where the system says so", () => {
    const windows = system(win32);
    assert.ok(keysOfOpenFile("c:\\Work\\A.ts", windows).includes(keyIn(windows, "a.ts", "C:\\work")));
    const linux = system(posix);
    assert.ok(!keysOfOpenFile("/music/A.ts", linux).includes(keyIn(linux, "a.ts", "/music")));
  });
});
