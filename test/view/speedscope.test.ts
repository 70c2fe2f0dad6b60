import type { Browser } from "playwright-core";
import assert from "node:assert/strict";
import { exportedFile, exportName } from "../../src/client/exchange/exportedFile.ts";
import type { ExportFormatName } from "../../src/core/exchange/export/exportRun.ts";
import { opened } from "../support/exchange/foreignProfiles.ts";
import { fullRun } from "../support/exchange/fullRun.ts";
import { openBrowser } from "../support/view/panelPage.ts";
import { inSpeedscope, totalsIn, type ReadBySpeedscope } from "../support/view/speedscopePage.ts";

describe("speedscope's own page", () => {
  let browser: Browser | null = null;
  before(async function () {
    browser = await openBrowser();
    if (!browser) this.skip();
  });
  after(() => browser?.close());

  const read = async (format: ExportFormatName): Promise<ReadBySpeedscope> =>
    inSpeedscope(browser!, exportName(fullRun, format), await exportedFile(fullRun, format, "/work/app"));

  /** In its own unit: 4,910 ms of the limiter's stage, 2,720 of it in truePeak, 5,180 in biquad below the equaliser. */
  function assertTimes(seen: ReadBySpeedscope, perMs: number, biquad: string): void {
    const totals = totalsIn(seen);
    const near = (name: string, ms: number): void => {
      const got = (totals.get(name) ?? NaN) / perMs;
      assert.ok(Math.abs(got - ms) < 1, `${name}: ${got} ms instead of ${ms}`);
    };
    near("limiter", 4910);
    near("equaliser", 7860);
    near(biquad, 5350);
  }

  it("reads an exported CPU profile", async () => {
    const seen = await read("cpuprofile");
    assert.equal(seen.profiles[0]!.unit, "microseconds");
    assertTimes(seen, 1000, "biquad");
    const biquad = seen.shared.frames.find(({ name }) => name === "biquad");
    assert.deepEqual([biquad?.file, biquad?.line], ["file:///work/app/src/biquad.ts", 24]);
  });

  it("reads an exported speedscope file, with the lines and what was allocated and read", async () => {
    const seen = await read("speedscope");
    assertTimes(seen, 1e6, "biquad");
    assert.equal(totalsIn(seen).get("biquad.ts:31"), (3940 + 130) * 1e6);
    assert.deepEqual(
      seen.profiles.map(({ name, unit, endValue }) => `${name}: ${endValue} ${unit}`),
      [
        "All stages: 21160000000 nanoseconds",
        "Allocated: 5120 bytes",
        "Allocated and still held: 512 bytes",
        "Files: time: 3.5 milliseconds",
        "Files: read and written: 2048 bytes",
      ],
    );
  });

  it("reads exported collapsed stacks", async () => {
    const seen = await read("collapsed");
    const totals = totalsIn(seen);
    assert.equal(totals.get("limiter"), 4_910_000);
    assert.equal(totals.get("biquad (src/biquad.ts:31)"), (3940 + 130) * 1000);
  });

  it("reads an exported pprof profile", async () => {
    const seen = await read("pprof");
    assert.equal(seen.profiles[0]!.unit, "nanoseconds");
    assertTimes(seen, 1e6, "biquad");
  });

  it("reads an exported Chrome trace, a thread for each row", async () => {
    const seen = await read("chrome-trace");
    const names = seen.profiles.map(({ name }) => name.replace(/ \(tid.*/, "").replace(/^.*, /, ""));
    assert.deepEqual(names, [
      "Worker 1",
      "Worker 1, collections".slice("Worker 1, ".length),
      "Worker 2",
      "collections",
      "all stages",
      "one worker alone",
      "passes",
    ]);
  });

  it("writes files that open here with the times that it shows", async () => {
    const seen = await read("cpuprofile");
    const run = opened(JSON.stringify(seen));
    assert.match(run.imported!.tool!, /^speedscope@/);
    const whole = run.stages[0]!;
    assert.ok(Math.abs(whole.selfMs - 21_160) < 2);
    const biquad = run.lines.find(({ file, line }) => file === "src/biquad.ts" && line === 24)!;
    assert.ok(Math.abs(biquad.totalMs - 5350) < 1);
  });
});
