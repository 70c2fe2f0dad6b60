import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ioFacts } from "../../src/engine/figures/io.ts";
import { modeOf } from "../../src/engine/worker/io/fileArguments.ts";
import { FileLog } from "../../src/engine/worker/io/fileLog.ts";
import type { LaneIo } from "../../src/engine/worker/io/laneIo.ts";
import { Board, newBoardCopy } from "../../src/engine/worker/lane/board.ts";
import { onlyLoading } from "../../src/engine/run/takeIo.ts";
import { constants } from "node:fs";

describe("what a lane did with files", () => {
  it("stays small however many there are: the costlier half is kept, and the others are counted", () => {
    const log = new FileLog(newBoardCopy());
    for (let number = 0; number < 25_000; number++) {
      const use = log.use({ path: `/files/${number}`, mode: "w" });
      use.calls += 1;
      use.ms += number === 7 ? 1e6 : number;
    }
    const { files, filesLeftOut } = log.take();
    assert.ok(files.length <= 10_000, `${files.length} files`);
    assert.equal(files.length + filesLeftOut, 25_000);
    const paths = new Set(files.map(({ path }) => path));
    for (const number of [7, 24_999, 20_000])
      assert.ok(paths.has(resolve(`/files/${number}`)), `${number} is among them`);
    assert.deepEqual(log.take(), { files: [], filesLeftOut: 0 });
  });

  it("is told by the stage at work, with paths made whole", () => {
    const board = newBoardCopy();
    const log = new FileLog(board);
    for (const stage of [-1, 0, 0, 1]) {
      board[Board.stage] = stage;
      log.use({ path: "notes.txt", mode: "r" }).calls += 1;
    }
    log.use({ path: "file://elsewhere%/c.txt", mode: "r" }).calls += 1;
    log.use({ path: pathToFileURL(resolve("/a b.txt")).href, mode: "r" }).calls += 1;
    assert.deepEqual(
      log.take().files.map(({ stage, calls, path }) => [stage, calls, path]),
      [
        [-1, 1, resolve("notes.txt")],
        [0, 2, resolve("notes.txt")],
        [1, 1, resolve("notes.txt")],
        [1, 1, "file://elsewhere%/c.txt"],
        [1, 1, resolve("/a b.txt")],
      ],
    );
  });

  it("names how a file was opened, whether by words or by numbers", () => {
    const { O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_CREAT, O_TRUNC } = constants;
    assert.deepEqual(
      ["wx", undefined, O_RDONLY, O_WRONLY | O_CREAT | O_TRUNC, O_RDWR, O_WRONLY | O_APPEND].map((flags) =>
        modeOf(flags, "r"),
      ),
      ["wx", "r", "r", "w", "r+", "a"],
    );
  });
});

describe("files and network of a run", () => {
  const file = { mode: "r", opened: 1, calls: 2, bytesRead: 3, bytesWritten: 4, ms: 5 };
  const lane = (files: LaneIo["files"], network: LaneIo["network"] = []): LaneIo => ({
    files,
    filesLeftOut: 1,
    network,
  });
  const names = {
    pathInRun: (path: string) => path.replace("/workspace/", ""),
    stageName: (stage: number) => ["first", "second"][stage],
  };

  it("are summed over lanes, by stage, file and mode, and by stage and host", () => {
    const request = { host: "a:80", stage: 1, calls: 2, failed: 1, ms: 10 };
    const facts = ioFacts(
      [
        lane([{ ...file, path: "/workspace/a", stage: 0 }], [request]),
        lane(
          [
            { ...file, path: "/workspace/a", stage: 0, ms: 7 },
            { ...file, path: "/workspace/a", stage: 1 },
            { ...file, path: "/elsewhere/b", stage: -1, mode: "w" },
          ],
          [request, { ...request, stage: -1 }],
        ),
      ],
      names,
      0.25,
    );
    const once = { mode: "r", opened: 1, calls: 2, bytesRead: 3, bytesWritten: 4, ms: 5 };
    assert.deepEqual(facts, {
      files: [
        { path: "a", stage: "first", mode: "r", opened: 2, calls: 4, bytesRead: 6, bytesWritten: 8, ms: 12 },
        { ...once, path: "a", stage: "second" },
        { ...once, path: "/elsewhere/b", stage: "", mode: "w" },
      ],
      filesLeftOut: 2,
      network: [
        { host: "a:80", stage: "second", calls: 4, failed: 2, ms: 20 },
        { host: "a:80", stage: "", calls: 2, failed: 1, ms: 10 },
      ],
      waitShare: 0.25,
    });
  });

  it("name the hundred costliest files, and count the others", () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ ...file, path: `/${at}`, stage: 0, ms: at }));
    const { files, filesLeftOut } = ioFacts([lane(many)], names, "unknown");
    assert.equal(files.length, 100);
    assert.equal(files[0]?.path, "/149");
    assert.equal(filesLeftOut, 50 + 1);
  });

  it("of an attempt that was given up are those of loading alone", () => {
    const given = [lane([-1, 0].map((stage) => ({ ...file, path: "/a", stage })))];
    assert.deepEqual(
      onlyLoading(given).map(({ files }) => files.map(({ stage }) => stage)),
      [[-1]],
    );
    assert.deepEqual(onlyLoading(null), []);
  });
});
