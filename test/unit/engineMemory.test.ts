import assert from "node:assert/strict";
import { deserialize, serialize } from "node:v8";
import type { MemoryFacts } from "../../src/core/run/run.ts";
import { EmissionLog } from "../../src/engine/figures/pass/emissionLog.ts";
import { MemoryWatch } from "../../src/engine/memory/memoryWatch.ts";
import { ReadAhead } from "../../src/engine/memory/readAhead.ts";
import { SpanTimeline } from "../../src/engine/sampling/spanTimeline.ts";
import type { LaneEmission } from "../../src/engine/worker/lane/laneProtocol.ts";

const MB = 2 ** 20;

describe("the engine's memory", () => {
  /** Memory that holds what a test says, when it says so. */
  class Held {
    cleaned = 0;
    readonly #watch = new MemoryWatch({
      highWater: 1024 * MB,
      critical: 1536 * MB,
      readAhead: new ReadAhead(),
      beganAt: 0,
      cleanUp: () => {
        this.cleaned += 1;
      },
    });

    look(held: number, at: number): MemoryFacts {
      this.#watch.look(held * MB, 0, at);
      return this.#watch.facts;
    }
  }

  it("has ten minutes at 16 kHz read ahead, half of it every half second above the high-water mark, one minute at least", () => {
    const memory = new Held();
    assert.deepEqual(memory.look(1024, 0).events, []);
    for (let look = 0; look < 9; look++) memory.look(1025 + look, 1000 * look);
    const { events, peakMB, readAheadFrames } = memory.look(1034, 9000);
    assert.deepEqual(
      events.map((event) => [event.kind, event.residentMB, event.readAheadFrames]),
      [
        ["high-water", 1025, 4_800_000],
        ["high-water", 1026, 2_400_000],
        ["high-water", 1027, 1_200_000],
        ["high-water", 1028, 960_000],
      ],
    );
    assert.deepEqual([peakMB, readAheadFrames], [1034, 960_000]);
  });

  it("lets what was read go through before it halves again", () => {
    const memory = new Held();
    memory.look(1100, 0);
    memory.look(1100, 100);
    assert.equal(memory.look(1100, 200).readAheadFrames, 4_800_000);
  });

  it("is cleaned up once each time it comes to the critical mark", () => {
    const memory = new Held();
    for (const [at, held] of [1600, 1700, 900].entries()) memory.look(held, at * 1000);
    const { events } = memory.look(1600, 3000);
    assert.equal(memory.cleaned, 2);
    assert.deepEqual(
      events.map(({ kind, residentMB }) => [kind, residentMB]),
      [
        ["critical", 1600],
        ["critical", 1600],
      ],
    );
  });
});

describe("what stages emit", () => {
  const emission = (piece: number, stage: number): LaneEmission => ({
    stage,
    name: "spectrum",
    time: piece + stage / 10,
    value: new Float32Array(10),
  });

  /** One of them counts as 60 + 10 × 20 characters. */
  const kept = (most: number, pieces: readonly (readonly [index: number, stage: number])[]): EmissionLog => {
    const log = new EmissionLog(most);
    for (const [index, stage] of pieces) log.add(index, [emission(index === Infinity ? 99 : index, stage)]);
    return log;
  };
  const times = (log: EmissionLog): number[] => log.all.map(({ time }) => time);

  it("is kept up to what a run can hold, and it is told from when on it wasn't", () => {
    const log = kept(700, [
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    assert.deepEqual(times(log), [0, 1]);
    assert.equal(log.cutFrom, 2);
    assert.equal(kept(10_000, [[0, 0]]).cutFrom, null);
  });

  it("keeps nothing of the message alive that it came in from a lane's process", () => {
    const sent = { emissions: [emission(0, 0)], audio: new Float32Array(1_000_000) };
    const { emissions } = deserialize(serialize(sent)) as typeof sent;
    const log = new EmissionLog();
    log.add(0, emissions);
    const [kept] = log.all;
    assert.deepEqual(kept, emission(0, 0));
    assert.equal((kept.value as Float32Array).buffer.byteLength, 40);
  });

  it("is the same in whatever order the pieces come, those of file stages always", () => {
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ].map((order) =>
      kept(1100, [
        ...order.flatMap(
          (index) =>
            [
              [index, 0],
              [index, 1],
            ] as const,
        ),
        [Infinity, 2],
      ]),
    );
    for (const log of orders) {
      assert.deepEqual(times(log), [0, 0.1, 99.2]);
      assert.equal(log.cutFrom, 1);
    }
  });
});

describe("the calls under the sampler", () => {
  it("are kept in order, with stage, time and whether they were awaited", () => {
    const spans = Array.from({ length: 40_000 }, (_, index) => ({
      stage: index % 3,
      start: index * 2,
      end: index * 2 + 0.5,
      awaited: index % 7 === 0,
    }));
    const timeline = SpanTimeline.of(spans);
    assert.equal(timeline.length, 40_000);
    assert.deepEqual([...timeline], spans);
    assert.deepEqual(timeline.at(20_000), spans[20_000]);
    assert.equal(timeline.at(40_000), undefined);
  });
});
