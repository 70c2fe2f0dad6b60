import assert from "node:assert/strict";
import type { Lane } from "../../src/engine/pool/lane.ts";
import { Watch } from "../../src/engine/pool/watch.ts";
import { Board } from "../../src/engine/worker/lane/board.ts";

const CALLS = 1000;
const LONG_MS = 3000;
const SETTLED_MS = 250;

/** Looks at a lane every 100 ms that does nothing for two seconds and then so many calls in each look. */
function isTakenForLong(callsALook: number, looks: number): boolean {
  const board = new Int32Array(16);
  const watch = new Watch({
    lanes: () => [{ board, channel: { isWaiting: true } } as unknown as Lane],
    stallMs: Infinity,
    totalSeconds: 100,
    stageNames: () => [],
    onProgress: () => undefined,
    onStall: () => undefined,
  });
  let isLong = false;
  try {
    watch.enter("timed", 10, { calls: CALLS });
    const began = performance.now();
    watch.whenLongerThan(LONG_MS, SETTLED_MS, () => (isLong = true));
    for (let ms = 100; ms <= 2000; ms += 100) watch.look(began + ms);
    for (let look = 1; look <= looks; look++) {
      board[Board.calls] = look * callsALook;
      watch.look(began + 2000 + look * 100);
    }
  } finally {
    watch.stop();
  }
  return isLong;
}

describe("a pass", () => {
  it("isn't taken for a long one because its recording was read slowly before", () => {
    assert.equal(isTakenForLong(CALLS / 5, 5), false);
  });

  it("is taken for a long one as soon as that can be told, and where it lasts", () => {
    assert.equal(isTakenForLong(CALLS / 50, 2), false);
    assert.equal(isTakenForLong(CALLS / 50, 3), true);
    assert.equal(isTakenForLong(0, 11), true);
  });
});
