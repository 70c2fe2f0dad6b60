import assert from "node:assert/strict";
import { SeriesRecorder } from "../../src/engine/monitor/seriesRecorder.ts";
import type { Usage } from "../../src/engine/monitor/usage.ts";

const MB = 2 ** 20;
const usage = (change: Partial<Usage> = {}): Usage => ({
  cpuMs: 0,
  resident: 0,
  children: 0,
  readBytes: 0,
  writtenBytes: 0,
  ...change,
});
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

describe("a series", () => {
  it("says for each interval the cores kept busy, the memory held, and what went from and to the disk", () => {
    const recorder = new SeriesRecorder(100, { atMs: 0, usage: usage({ cpuMs: 500, readBytes: 7 * MB }) });
    recorder.add(100, usage({ cpuMs: 550, resident: 50 * MB, readBytes: 8 * MB }));
    recorder.add(
      300,
      usage({ cpuMs: 950, resident: 60 * MB, children: 4 * MB, readBytes: 8 * MB, writtenBytes: 3 * MB }),
    );
    assert.deepEqual(recorder.series, {
      everyMs: 100,
      atMs: [100, 300],
      cpu: [0.5, 2],
      memoryMB: [50, 64],
      readMB: [1, 0],
      writtenMB: [0, 3],
    });
  });

  it("counts from when the run began, which was before the first look", () => {
    const recorder = new SeriesRecorder(100, { atMs: 900, usage: usage({ cpuMs: 500 }) });
    recorder.add(1000, usage({ cpuMs: 550 }));
    assert.deepEqual([recorder.series.atMs, recorder.series.cpu], [[1000], [0.5]]);
  });

  it("stays below its most points, whatever comes, and loses neither time nor bytes nor peaks", () => {
    for (const looks of [9, 10, 11, 20, 21, 22, 23, 100, 777, 1234]) {
      const recorder = new SeriesRecorder(100, { atMs: 0, usage: usage() }, 10);
      for (let look = 1; look <= looks; look++)
        recorder.add(
          look * 100,
          usage({
            cpuMs: look * 50,
            resident: (look === Math.ceil(looks / 2) ? 90 : 10) * MB,
            writtenBytes: look * MB,
          }),
        );
      const { atMs, cpu, memoryMB, writtenMB, everyMs } = recorder.series;
      assert.ok(atMs.length <= 10 && atMs.length >= Math.min(looks, 5), `${atMs.length} of ${looks} looks`);
      assert.equal(atMs.at(-1), looks * 100);
      assert.deepEqual(new Set(cpu), new Set([0.5]));
      assert.equal(memoryMB.filter((one) => one === 90).length, 1);
      assert.equal(sum(writtenMB as number[]), looks);
      assert.equal(Math.log2(everyMs / 100) % 1, 0);
      const regular = atMs.slice(0, -1).every((at, index) => at === (index + 1) * everyMs);
      assert.ok(regular, `${looks} looks, one each ${everyMs} ms: ${atMs.join(" ")}`);
    }
  });

  it("writes unknown where a system doesn't tell", () => {
    const recorder = new SeriesRecorder(100, { atMs: 0, usage: usage({ readBytes: "unknown" }) });
    recorder.add(100, usage({ readBytes: "unknown", writtenBytes: MB }));
    assert.equal(recorder.series.readMB, "unknown");
    assert.deepEqual(recorder.series.writtenMB, [1]);
  });
});
