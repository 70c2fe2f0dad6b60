import assert from "node:assert/strict";
import { disturbanceBetween, worstOf, type PassDisturbance } from "../../src/engine/monitor/disturbance.ts";
import {
  machineTimes,
  pageBytes,
  processDisk,
  processStat,
  quotaFiles,
  swappedPages,
  throttledMs,
} from "../../src/engine/monitor/linux/procFiles.ts";
import type { MachineLook } from "../../src/engine/monitor/machineLook.ts";
import { disturbedFinding } from "../../src/engine/run/findings/disturbedFinding.ts";
import { queuedMs } from "../../src/engine/worker/measuring/slowBlocks/runQueue.ts";

/** Two looks at a machine of two cores, ten seconds apart. */
const STAT_BEFORE = `cpu  3978294 69041 899694 6699906 40654 0 6824 10473 0 0
cpu0 1989147 34520 449847 3349953 20327 0 3412 5236 0 0
intr 1000 0 9`;
const STAT_AFTER = `cpu  3979294 69041 899894 6700606 40704 0 6824 10523 0 0
cpu0 1990147 34520 449947 3350453 20377 0 3412 5276 0 0
intr 1010 0 9`;

describe("what Linux tells of itself", () => {
  it("is how long its cores were busy, idle, waiting for disks, and stolen", () => {
    const before = machineTimes(STAT_BEFORE);
    const after = machineTimes(STAT_AFTER);
    assert.equal(after.busyMs - before.busyMs, 12_000);
    assert.equal(after.idleMs - before.idleMs, 7000);
    assert.equal(after.diskWaitMs - before.diskWaitMs, 500);
    assert.equal(after.stolenMs - before.stolenMs, 500);
  });

  it("is what a process took, whatever its name is", () => {
    const text =
      "4242 (a (b) c) S 1 4242 4242 0 -1 4194560 5000 0 3 0 150 25 7 8 20 0 11 0 880042 700000000 12345 18446744073709551615 1 1";
    assert.deepEqual(processStat(text), { startedAt: 880_042, cpuMs: 1750, residentPages: 12_345 });
    const io =
      "rchar: 4191579\nwchar: 672\nsyscr: 9\nsyscw: 1\nread_bytes: 8192\nwrite_bytes: 4096\ncancelled_write_bytes: 0\n";
    assert.deepEqual(processDisk(io), { readBytes: 8192, writtenBytes: 4096 });
  });

  it("is how much was swapped, and how large a page is", () => {
    assert.equal(swappedPages("pgpgin 7\npswpin 100\npswpout 156\npgfree 1\n"), 256);
    assert.equal(swappedPages("pgpgin 7\n"), null);
    const vector = Buffer.alloc(48);
    [33n, 5n, 6n, 16_384n, 0n, 0n].forEach((word, at) => vector.writeBigUInt64LE(word, at * 8));
    assert.equal(pageBytes(vector), 16_384);
  });

  it("is how long a quota held it back, in both versions of control groups", () => {
    assert.equal(throttledMs("usage_usec 9\nnr_periods 40\nnr_throttled 4\nthrottled_usec 250000\n"), 250);
    assert.equal(throttledMs("nr_periods 40\nnr_throttled 4\nthrottled_time 250000000\n"), 250);
    assert.equal(throttledMs("usage_usec 9\n"), null);
    assert.deepEqual(quotaFiles("0::/user.slice/app.scope\n"), [
      "/sys/fs/cgroup/user.slice/app.scope/cpu.stat",
      "/sys/fs/cgroup/user.slice/cpu.stat",
      "/sys/fs/cgroup/cpu.stat",
    ]);
    assert.deepEqual(quotaFiles("9:name=systemd:/\n4:memory:/box\n3:cpuset:/\n1:cpu,cpuacct:/box\n"), [
      "/sys/fs/cgroup/cpu,cpuacct/box/cpu.stat",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.stat",
    ]);
  });

  it("is how long a thread was ready and didn't run", () => {
    assert.equal(queuedMs("164955556 10767203 120\n"), 10.767203);
  });
});

describe("a disturbance", () => {
  const QUIET: MachineLook = {
    atMs: 0,
    busyMs: 0,
    idleMs: 0,
    diskWaitMs: 0,
    stolenMs: 0,
    quotaMs: [0, 0],
    heatMs: [0, 0],
    swapped: 0,
    ownMs: 0,
  };
  /** Ten seconds of two cores; the run kept one of them busy and the other was idle. */
  const AFTER: MachineLook = { ...QUIET, atMs: 10_000, busyMs: 10_000, idleMs: 10_000, ownMs: 10_000 };
  const over = (
    change: Partial<MachineLook>,
    lanes: Partial<Parameters<typeof disturbanceBetween>[2]> = {},
  ): PassDisturbance =>
    disturbanceBetween(QUIET, { ...AFTER, ...change }, { queuedMs: 0, workMs: 9000, ...lanes });

  it("is none on a quiet machine, and all of it is known there", () => {
    assert.deepEqual(over({}), {
      isDisturbed: false,
      runQueueShare: 0,
      throttledShare: 0,
      stolenShare: 0,
      swappedMB: 0,
      otherLoad: 0,
      diskWaitShare: 0,
      ms: 10_000,
    });
    assert.equal(disturbedFinding([over({})], 0), null);
  });

  it("is another program that keeps the stages from a core", () => {
    const found = over({ busyMs: 19_000, idleMs: 1000 }, { queuedMs: 900 });
    assert.equal(found.runQueueShare, 0.1);
    assert.equal(found.otherLoad, 0.9);
    assert.equal(found.isDisturbed, true);
    const quieter = over({ busyMs: 10_500, idleMs: 9500 }, { queuedMs: 100 });
    assert.equal(quieter.isDisturbed, false, "1.1 % of the work is less than anybody sees");
  });

  it("never keeps stages from a core for more than all of their time", () => {
    assert.equal(over({ busyMs: 19_000, idleMs: 1000 }, { queuedMs: 900, workMs: 4 }).runQueueShare, 1);
  });

  it("isn't another program that has a core of its own", () => {
    assert.equal(over({ busyMs: 14_000, idleMs: 6000 }).isDisturbed, false);
    assert.equal(over({ busyMs: 18_000, idleMs: 2000 }).isDisturbed, true);
  });

  it("isn't that workers wait for each other, being more than there are cores", () => {
    const own = over({ busyMs: 20_000, idleMs: 0, ownMs: 20_000 }, { queuedMs: 8000, workMs: 28_000 });
    assert.equal(own.runQueueShare, 0);
    assert.equal(own.isDisturbed, false);
    const both = over({ busyMs: 20_000, idleMs: 0, ownMs: 19_000 }, { queuedMs: 8000, workMs: 20_000 });
    assert.equal(both.runQueueShare, 0.05, "no longer than the others ran");
  });

  it("is a quota, heat, a host that takes its machine back, memory that is swapped", () => {
    const found = [
      over({ quotaMs: [0, 150] }),
      over({ quotaMs: null, heatMs: [0, 150] }),
      over({ stolenMs: 200 }),
      over({ swapped: 2 * 2 ** 20 }),
    ];
    assert.deepEqual(
      found.map(({ isDisturbed }) => isDisturbed),
      [true, true, true, true],
    );
    assert.deepEqual([found[0]?.throttledShare, found[1]?.throttledShare], [0.015, 0.015]);
    assert.equal(found[2]?.stolenShare, 200 / 10_200);
    assert.equal(found[3]?.swappedMB, 2);
    const little = [
      over({ quotaMs: [0, 90] }),
      over({ stolenMs: 90 }),
      over({ swapped: 2 ** 20 }),
      over({ quotaMs: null, heatMs: null }),
    ];
    assert.ok(little.every(({ isDisturbed }) => !isDisturbed));
    assert.equal(little[3]?.throttledShare, "unknown");
  });

  it("of what is shorter than the system counts is told by the waiting alone", () => {
    const short = { atMs: 50, busyMs: 100, idleMs: 0, ownMs: 40 };
    const waited = over(short, { queuedMs: 3, workMs: 30 });
    assert.deepEqual(
      [waited.runQueueShare, waited.otherLoad, waited.stolenShare, waited.isDisturbed],
      [0.1, "unknown", "unknown", true],
    );
    assert.equal(over(short, { queuedMs: 0.9, workMs: 9 }).isDisturbed, false, "one turn of the scheduler");
  });

  it("is unknown where the system doesn't tell", () => {
    const elsewhere = { diskWaitMs: null, stolenMs: null, quotaMs: null, heatMs: null, swapped: null };
    const found = disturbanceBetween(
      { ...QUIET, ...elsewhere },
      { ...AFTER, ...elsewhere, busyMs: 19_000, idleMs: 1000 },
      { queuedMs: null, workMs: 9000 },
    );
    assert.deepEqual(found, {
      isDisturbed: true,
      runQueueShare: "unknown",
      throttledShare: "unknown",
      stolenShare: "unknown",
      swappedMB: "unknown",
      otherLoad: 0.9,
      diskWaitShare: "unknown",
      ms: 10_000,
    });
  });

  it("of several passes is the worst, and one sentence says how much", () => {
    const passes = [
      over({ busyMs: 19_000, idleMs: 1000 }, { queuedMs: 900 }),
      over({ swapped: 3 * 2 ** 20, stolenMs: 400 }),
    ];
    const worst = worstOf(passes, 2);
    assert.deepEqual(
      [worst.isDisturbed, worst.repeats, worst.runQueueShare, worst.swappedMB, worst.ms],
      [true, 2, 0.1, 3, 20_000],
    );
    const finding = disturbedFinding(passes, 2);
    assert.equal(
      finding?.text.replaceAll("\u202f", " "),
      "The machine wasn't free while this was measured, also when it was measured again (2 repeats): " +
        "stages waited 10.0 % of their time for a free core; the host of this virtual machine took 3.8 % of it; " +
        "3.00 MB of memory were swapped; other programs kept 0.900 cores busy. " +
        "The durations may be longer than on a quiet machine. Close other programs, and run it again.",
    );
  });
});
