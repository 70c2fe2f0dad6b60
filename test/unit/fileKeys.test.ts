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
    for (const file of ["/etc/passwd", "../outside.ts", "a/../../outside.ts", "/work-too/x.ts"]) {
      keyIn(linux, file, "/work");
      assert.equal(runFileOf(file, "/work", linux).isInside, false, file);
    }
    assert.deepEqual(linux.asked, []);
    keyIn(linux, "..a/x.ts", "/work");
    assert.deepEqual(linux.asked, ["/work/..a/x.ts"]);
  });

  it("are looked for in a folder that lies on another machine because a person opened it", () => {
    const windows = system(win32);
    const file = runFileOf("a/x.ts", "\\\\server\\share\\work", windows);
    assert.deepEqual(file, { path: "\\\\server\\share\\work\\a\\x.ts", isInside: true, isRemote: false });
    assert.equal(runFileOf("//other/share/x.ts", "\\\\server\\share\\work", windows).isRemote, true);
  });

  it("are known again behind links, and outside the folder under their real names", () => {
    const linux = system(posix, { "/home/work/x.ts": "/disk/work/x.ts", "/home/lib/y.ts": "/disk/lib/y.ts" });
    const known = keyIn(linux, "x.ts", "/home/work");
    assert.ok(keysOfOpenFile("/disk/work/x.ts", linux).includes(known));
    assert.ok(keysOfOpenFile("/home/work/x.ts", linux).includes(known));
    assert.ok(keysOfOpenFile("/home/lib/y.ts", linux).includes(keyIn(linux, "/disk/lib/y.ts", "/home/work")));
  });

  it("are the same in either case where the system says so", () => {
    const windows = system(win32);
    assert.ok(keysOfOpenFile("c:\\Work\\A.ts", windows).includes(keyIn(windows, "a.ts", "C:\\work")));
    const linux = system(posix);
    assert.ok(!keysOfOpenFile("/work/A.ts", linux).includes(keyIn(linux, "a.ts", "/work")));
  });
});
