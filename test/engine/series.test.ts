import assert from "node:assert/strict";
import { MEASURE_LITTLE, profiledWorkspace } from "../support/profiledWorkspace.ts";
import { wavFile } from "../support/wavFile.ts";
import type { Run } from "../../src/core/run/run.ts";

const RECORDING = wavFile({ sampleRate: 1000, frames: 2000 });
const WITH_MEMORY = { ...MEASURE_LITTLE, memory: true, memoryIntervalMs: 20, childProcesses: true };
const MB = 2 ** 20;

const most = (values: readonly number[] | undefined): number => Math.max(...(values ?? []));

/** A stage that does this for so many milliseconds, in its last call. */
const working = (head: string, work: string, isolation = "thread"): string => `${head}
export default { isolation: "${isolation}", stages: { works: () => ({ process() {}, finish() {
  const end = performance.now() + 400;
  while (performance.now() < end) { ${work} }
} }) } };`;

describe("processor, memory and disk over time", () => {
  const workspace = profiledWorkspace();
  const profile = (text: string, measure = WITH_MEMORY): Promise<Run> =>
    workspace.profile({ "works.pipeline.mjs": text, "recording.wav": RECORDING }, { measure });

  it("show what a stage takes, in its thread and in a process of its own", async () => {
    const head = `const kept = [];`;
    const work = `if (kept.length < 10) kept.push(new Uint8Array(${8 * MB}).fill(1));`;
    for (const isolation of ["thread", "process"]) {
      const { series, memory } = await profile(working(head, work, isolation));
      assert.ok(series && series.atMs.length >= 10, `${series?.atMs.length} points`);
      assert.ok(series.atMs.every((at, index) => at > (series.atMs[index - 1] ?? 0)));
      assert.equal(series.everyMs, 20);
      assert.ok(most(series.cpu) > 0.5, `${most(series.cpu)} cores at the most`);
      const grown = most(series.memoryMB) - (series.memoryMB[0] ?? 0);
      assert.ok(grown > 70, `${grown} MB more than at the beginning`);
      assert.ok(memory && memory.peakMB >= most(series.memoryMB), `${memory?.peakMB} MB`);
    }
  });

  it("show what goes to the disk, where the system counts it", async function () {
    if (process.platform !== "linux") {
      console.log("      Only Linux counts a process' bytes from and to the disk.");
      this.skip();
    }
    const head = `import { writeFileSync } from "node:fs"; let written = 0;`;
    const work = `if (written++ < 8) writeFileSync(new URL("./out" + written, import.meta.url), new Uint8Array(${MB}).fill(1));`;
    const { series } = await profile(working(head, work));
    assert.ok(series && series.writtenMB !== "unknown");
    const written = series.writtenMB.reduce((sum, one) => sum + one, 0);
    assert.ok(written >= 8, `${written} MB`);
  });

  it("hold the processes that stages start, where the settings say so", async () => {
    const child = `const held = Buffer.alloc(${96 * MB}, 1); const end = Date.now() + 1500; while (Date.now() < end) held[0] += 1;`;
    const text = `import { spawn } from "node:child_process";
import { once } from "node:events";
export default { stages: { starts: { scope: "file", create: () => async () => {
  await once(spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "ignore" }), "exit");
} } } };`;
    const counted = await profile(text);
    const without = await profile(text, { ...WITH_MEMORY, childProcesses: false });
    const more = most(counted.series?.memoryMB) - most(without.series?.memoryMB);
    assert.ok(more > 90, `${more} MB more with the child`);
    assert.ok(counted.memory!.peakMB - without.memory!.peakMB > 90);
    assert.ok(most(counted.series?.cpu) > 0.5, `${most(counted.series?.cpu)} cores`);
  });

  it("aren't kept where memory isn't measured, which is watched all the same", async () => {
    const { series, memory } = await profile(working("", ""), MEASURE_LITTLE);
    assert.equal(series, null);
    assert.ok(memory!.peakMB > 20, `${memory!.peakMB} MB`);
  });
});
