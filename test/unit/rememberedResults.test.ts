import assert from "node:assert/strict";
import { join } from "node:path";
import { rememberedResults } from "../../src/engine/run/findings/rememberedResults.ts";
import type { CountPoint } from "../../src/engine/modules/counting/countPoints.ts";
import type { LaneFile, LaneIo } from "../../src/engine/worker/io/laneIo.ts";
import type { CountedRound, LoadedPipeline } from "../../src/engine/worker/lane/laneProtocol.ts";

const NAMES = {
  pipeline: { stages: [{ name: "loudness" }, { name: "pitch" }] } as unknown as LoadedPipeline,
  discardFolder: "/work/discarded",
  pathInRun: (path: string) => path.replace("/app/", ""),
};
const POINTS: readonly CountPoint[] = [3, 8].map((line) => ({
  path: "/app/pitch.ts",
  kind: "statement",
  place: { line, offset: 0, function: 0 },
}));
const NOTHING_READ: LaneIo = { files: [], filesLeftOut: 0, network: [] };

/** @param hits by call, all of them at line 8 but one */
const round = (hits: readonly number[]): CountedRound => ({
  hits,
  times: Float64Array.of(hits.length, hits.reduce((sum, one) => sum + one, 0) - hits.length),
});

/** Texts about a stage that came by so many points in each call, the first time and again. */
function counted(first: readonly number[], second: readonly number[]): string[] {
  const again = [{ stage: 1, first: round(first), second: round(second) }];
  const found = {
    ...{ startSeconds: 0, began: 0, frames: 0, wallMs: 0, stages: [], io: NOTHING_READ },
    ...{ points: POINTS, again },
  };
  const run = { counted: { found, problem: null, pass: null }, io: [], remembered: [] };
  return rememberedResults(run, NAMES).map(({ text }) => text);
}

describe("a stage that does less when it hears the same audio again", () => {
  it("remembers, and where it spared most is told", () => {
    const [text] = counted([100, 100, 100, 100], [10, 10, 10, 10]);
    assert.match(
      text ?? "",
      /^Stage "pitch" remembers results: of 4 blocks that .* it ran 10\.0\s% of the steps, and spared most at pitch\.ts:8\./,
    );
    assert.equal(
      counted([100, 100, 100, 100], [10, 10, 10]).length,
      1,
      "It may be heard for a shorter time.",
    );
  });

  it("doesn't where it is half as much or more", () => {
    assert.deepEqual(counted([100, 100, 100, 100], [50, 50, 50, 50]), []);
    assert.deepEqual(counted([0, 0, 0, 0], [0, 0, 0, 0]), []);
  });

  it("doesn't where one call made what all need, or two, or where nearly all goes elsewhere", () => {
    assert.deepEqual(counted([100, 5000, 100, 100], [100, 100, 100, 100]), []);
    assert.deepEqual(counted([9000, 5000, 100, 100, 100], [100, 100, 100, 100, 100]), []);
    assert.deepEqual(counted([9000, 5000, 100, 100, 100], [100, 100, 99, 99, 99]), []);
    assert.deepEqual(counted([10, 10, 10, 5000, 5000], [2, 2, 2, 5000, 5000]), []);
    assert.deepEqual(counted([10, 10, 10, 99_000, 5000], [2, 2, 2, 5000, 5000]), []);
  });
});

describe("a file that a stage makes and finds", () => {
  const use = (path: string, change: Partial<LaneFile>): LaneFile => ({
    ...{ path, stage: 1, mode: "r", opened: 1, calls: 1, bytesRead: 0, bytesWritten: 0, ms: 1 },
    ...change,
  });
  const READ = { bytesRead: 9 };
  const WRITTEN = { mode: "w", bytesWritten: 9 };
  const MISSED = { opened: 0 };

  const found = (timed: readonly LaneFile[], later: readonly LaneFile[]): string[] => {
    const ioOf = (files: readonly LaneFile[]): LaneIo => ({ ...NOTHING_READ, files });
    const counts = {
      ...{ startSeconds: 0, began: 0, frames: 0, wallMs: 0, stages: [], again: [], points: [] },
      io: ioOf(later),
    };
    const run = { counted: { found: counts, problem: null, pass: null }, io: [ioOf(timed)], remembered: [] };
    return rememberedResults(run, NAMES).map(({ text }) => /wrote (.*), and reads/.exec(text)?.[1] ?? text);
  };
  const PATH = "/app/a.json";
  const ASIDE = join(NAMES.discardFolder, "a.json");

  it("is told of where one pass makes it and another one reads it, in either order", () => {
    assert.deepEqual(found([use(PATH, WRITTEN)], [use(PATH, READ)]), ["a.json"]);
    assert.deepEqual(found([use(PATH, WRITTEN)], [use(ASIDE, READ)]), ["a.json"]);
    assert.deepEqual(found([use(PATH, READ)], [use(ASIDE, WRITTEN)]), ["a.json"]);
    assert.deepEqual(found([use(PATH, MISSED), use(PATH, WRITTEN)], []), ["a.json"]);
  });

  it("is told of once for a folder full of them", () => {
    const files = [PATH, "/app/b.json"].flatMap((path) => [use(path, MISSED), use(path, WRITTEN)]);
    assert.deepEqual(found(files, []), ["a.json"]);
  });

  it("is none where each pass makes it, where it is never read, or where another stage reads it", () => {
    const made = [use(PATH, WRITTEN), use(PATH, READ)];
    assert.deepEqual(found(made, made), []);
    assert.deepEqual(found([use(PATH, WRITTEN)], [use(PATH, WRITTEN)]), []);
    assert.deepEqual(found([use(PATH, READ)], [use(PATH, READ)]), []);
    assert.deepEqual(found([use(PATH, WRITTEN)], [use(PATH, { ...READ, stage: 0 })]), []);
    assert.deepEqual(found([use(PATH, { ...MISSED, mode: "" }), use(PATH, WRITTEN)], []), []);
    assert.deepEqual(found([use(PATH, { ...WRITTEN, stage: -1 })], [use(PATH, { ...READ, stage: -1 })]), []);
  });
});
