import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { formatMeasurements, measured, measurements, measureScope, resetMeasurements } from "waveflame";

/** Work that takes at least so long by the clock that measures it. */
function takeMs(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const only = () => {
  const all = measurements();
  assert.equal(all.length, 1);
  return all[0]!;
};

describe("What a function costs, measured with one line", () => {
  beforeEach(resetMeasurements);

  it("is counted, summed, and kept apart by the shortest and the longest call", () => {
    const wait = measured(takeMs, "wait");
    wait(1);
    wait(4);
    const { name, calls, totalMs, meanMs, minMs, maxMs, memoryBytes } = only();
    assert.deepEqual([name, calls, memoryBytes], ["wait", 2, null]);
    assert.ok(minMs >= 1 && maxMs >= 4 && minMs <= maxMs, `${minMs} to ${maxMs} ms`);
    assert.equal(totalMs, minMs + maxMs);
    assert.equal(meanMs, totalMs / 2);
  });

  it("leaves this, name, length, arguments and result as they are", () => {
    const amplify = measured(function amplify(
      this: { gain: number },
      sample: number,
      offset: number,
    ): number {
      return sample * this.gain + offset;
    });
    assert.equal(amplify.call({ gain: 2 }, 3, 1), 7);
    assert.deepEqual([amplify.name, amplify.length], ["amplify", 2]);
    assert.deepEqual([only().name, only().calls], ["amplify", 1]);
  });

  it("counts a call that throws, and throws the same", () => {
    const reason = new Error("no");
    const failing = measured(function failing(): never {
      throw reason;
    });
    assert.throws(failing, (error) => error === reason);
    assert.equal(only().calls, 1);
  });

  it("counts an asynchronous call when it has settled, waiting included", async () => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const load = measured(async function load(): Promise<number> {
      return promise;
    });
    const loading = load();
    assert.deepEqual(measurements(), []);
    takeMs(2);
    resolve(5);
    assert.equal(await loading, 5);
    assert.equal(only().calls, 1);
    assert.ok(only().totalMs >= 2);

    reject(new Error("too late for the first one"));
    const failing = measured(() => Promise.reject(new Error("no")), "load");
    await assert.rejects(failing(), { message: "no" });
    assert.equal(only().calls, 2);
  });

  it("tells how memory grew, typed arrays included, where asked for", () => {
    // In a process of its own: what other tests left may be freed at any moment.
    const program = `
      import { formatMeasurements, measured, measurements } from "waveflame";
      const keep = [];
      measured(() => keep.push(new Float32Array(4 * 2 ** 20)), "allocate", { memory: true })();
      console.log(measurements()[0].memoryBytes / 2 ** 20);
      console.log(formatMeasurements());`;
    const out = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: import.meta.dirname,
      encoding: "utf8",
    });
    const [megabytes, head, line] = out.split("\n");
    assert.ok(Number(megabytes) > 15.5 && Number(megabytes) < 17, `${megabytes} MB`);
    assert.match(head!, /max +memory$/);
    assert.match(line!, /1[567]\.\d\u202fMB$/);
  });

  it("asks for a name where there is none", () => {
    assert.throws(() => measured(() => 1), {
      name: "TypeError",
      message: "The function given to measured has no name: give one after it.",
    });
  });

  it("is measured from a using line to the end of its scope, when an error leaves it, too", () => {
    const failing = (): void => {
      using scope = measureScope("window");
      assert.ok(scope);
      takeMs(1);
      throw new Error("no");
    };
    assert.throws(failing, { message: "no" });
    assert.ok(only().totalMs >= 1);
  });

  it("counts a scope once, however often it is ended", () => {
    {
      using scope = measureScope("window");
      scope.end();
    }
    assert.equal(only().calls, 1);
  });

  it("is summed by name, for functions and scopes alike", () => {
    measured(() => 1, "same")();
    measureScope("same").end();
    assert.equal(only().calls, 2);
  });

  it("is measured anew after a reset, by functions wrapped before", () => {
    const wait = measured(takeMs, "wait");
    wait(2);
    resetMeasurements();
    assert.deepEqual(measurements(), []);
    wait(0);
    assert.equal(only().calls, 1);
    assert.ok(only().totalMs === only().maxMs && only().totalMs === only().minMs);
  });

  it("reads as a table, what took longest first", () => {
    assert.equal(formatMeasurements(), "Nothing was measured.");
    measured(takeMs, "short")(0);
    const long = measured(takeMs, "a long name");
    long(3);
    long(0);
    const [head, first, second, ...rest] = formatMeasurements().split("\n");
    assert.match(head!, /^name +calls +total +mean +min +max$/);
    assert.match(first!, /^a long name {6}2 {2} *[\d.]+\u202f(ms|µs|ns)/);
    assert.match(second!, /^short {12}1 /);
    assert.deepEqual(rest, []);
  });
});
