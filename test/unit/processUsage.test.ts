import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { LinuxUsage } from "../../src/engine/monitor/linux/linuxUsage.ts";
import { Monitor } from "../../src/engine/monitor/monitor.ts";
import { OtherUsage } from "../../src/engine/monitor/otherUsage.ts";
import type { Usage, UsageReader } from "../../src/engine/monitor/usage.ts";
import { tellChildren } from "../../src/engine/worker/lane/tellChildren.ts";
import type { ChildNews } from "../../src/engine/worker/lane/laneProtocol.ts";

const MB = 2 ** 20;
/** Starts another one, which holds memory; both say when they are there, and end with what they are told by. */
const HOLDS = `const held = Buffer.alloc(${64 * MB}, 1); console.log(held.length); process.stdin.resume();`;
const STARTS = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(HOLDS)}], { stdio: ["inherit", "inherit", "inherit"] });`;

/** What the reader tells while a process lives. */
async function lookWhile(program: string, look: (pid: number) => Promise<Usage>): Promise<Usage> {
  const child = spawn(process.execPath, ["-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  try {
    return await look(child.pid ?? 0);
  } finally {
    child.stdin.end();
    await once(child, "exit");
  }
}

describe("what the run's processes take", () => {
  it("holds those that were started by ones that were started, where the system tells", async function () {
    if (process.platform !== "linux") {
      console.log("      Only Linux tells at once who started whom.");
      this.skip();
    }
    const counted = new LinuxUsage({ lanes: () => [], countsChildren: () => true });
    const alone = new LinuxUsage({ lanes: () => [], countsChildren: () => false });
    const before = counted.look();
    const { children, cpuMs } = await lookWhile(STARTS, () => Promise.resolve(counted.look()));
    assert.ok(children > 64 * MB + 2 * 20 * MB, `${children / MB} MB of two processes`);
    assert.ok(cpuMs > before.cpuMs);
    assert.equal(await lookWhile(HOLDS, () => Promise.resolve(alone.look())).then((one) => one.children), 0);
    assert.equal(counted.look().children, 0);
  });

  it("tells lanes in processes of their own from what they start", async function () {
    if (process.platform !== "linux") {
      console.log("      Elsewhere lanes tell it themselves.");
      this.skip();
    }
    const { children, resident } = await lookWhile(HOLDS, (pid) =>
      Promise.resolve(
        new LinuxUsage({ lanes: () => [{ pid, resident: 0, cpuMs: 0 }], countsChildren: () => true }).look(),
      ),
    );
    assert.equal(children, 0);
    assert.ok(resident > process.memoryUsage.rss() + 64 * MB - 10 * MB);
  });

  it("elsewhere holds what stages are known to have started, at a slower pace, and no disks", async () => {
    const told = await lookWhile(HOLDS, async (pid) => {
      const reader = new OtherUsage({
        lanes: () => [{ pid: 1, resident: 5 * MB, cpuMs: 30 }],
        countsChildren: () => true,
        started: () => [pid],
      });
      let usage = reader.look();
      while (usage.children === 0) {
        await new Promise(setImmediate);
        usage = reader.look();
      }
      reader.stop();
      return usage;
    });
    assert.ok(told.children > 64 * MB, `${told.children / MB} MB`);
    assert.deepEqual([told.readBytes, told.writtenBytes], ["unknown", "unknown"]);
  });

  it("is told of each process that is started, and of its end", async () => {
    const news: ChildNews[] = [];
    tellChildren((one) => news.push(one));
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    assert.deepEqual(news, [
      { pid: child.pid, lives: true },
      { pid: child.pid, lives: false },
    ]);
  });
});

describe("the monitor", () => {
  it("looks for all who want to know at once, and says what that took", () => {
    let looks = 0;
    const seen: number[] = [];
    const usage: UsageReader = {
      look: () => ({ cpuMs: 0, resident: ++looks, children: 0, readBytes: 0, writtenBytes: 0 }),
      stop: () => undefined,
    };
    const monitor = new Monitor({
      usage,
      beganAt: performance.now() - 60_000,
      seriesEveryMs: 250,
      onLook: ({ resident }) => seen.push(resident),
    });
    monitor.look();
    monitor.look(true);
    const { atMs } = monitor.series!;
    assert.equal(atMs.length, 2, "one more at its end");
    assert.ok(atMs.every((at) => at >= 60_000));
    assert.deepEqual(seen, [2, 3, 4]);
    assert.equal(monitor.cost.looks, 3);
    assert.ok(monitor.cost.ms > 0);
  });
});
