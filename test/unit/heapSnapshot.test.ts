import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeHeapSnapshot } from "node:v8";
import type { HeapFacts } from "../../src/core/run/measured/heap.ts";
import { heapFactsOf, type HeapSnapshot } from "../../src/engine/figures/heapSnapshot.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

class Grain {
  readonly at: number;
  readonly before: Grain | null;
  constructor(at: number, before: Grain | null) {
    this.at = at;
    this.before = before;
  }
}

const GRAINS = 30_000;
const SAMPLES = 4_000_000;

/** In a call of its own: no variable of a function under way holds them, too. */
function holdGrains(): void {
  let last: Grain | null = null;
  for (let at = 0; at < GRAINS; at++) last = new Grain(at, last);
  const granulator = { last, delayLine: new Float32Array(SAMPLES) };
  (globalThis as { granulator?: unknown }).granulator = granulator;
}

describe("a heap snapshot", () => {
  const folder = temporaryFolder();
  let facts: HeapFacts;

  before(() => {
    holdGrains();
    const file = join(folder.path, "of this process.heapsnapshot");
    writeHeapSnapshot(file);
    Reflect.deleteProperty(globalThis, "granulator");
    facts = heapFactsOf(JSON.parse(readFileSync(file, "utf8")) as HeapSnapshot, "granulator");
  });

  const typeOf = (name: string): HeapFacts["types"][number] => {
    const found = facts.types.find((type) => type.name === name);
    assert.ok(found, `${name} isn't among ${facts.types.map((type) => type.name).join(", ")}`);
    return found;
  };

  it("counts objects by type", () => {
    assert.equal(typeOf("Grain").count, GRAINS);
    assert.ok(typeOf("Grain").bytes >= GRAINS * 16);
    assert.ok(facts.types.length <= 20);
    assert.ok(facts.bytes >= typeOf("Grain").bytes + SAMPLES * 4);
  });

  it("has the contents of typed arrays, and who holds the largest", () => {
    const contents = typeOf("system / JSArrayBufferData");
    assert.ok(contents.bytes >= SAMPLES * 4);
    const path = contents.heldBy.join(" / ");
    assert.match(path, /global\.granulator \/ Object\.delayLine \/ Float32Array\.buffer/);
  });

  it("goes down chains of any length", () => {
    const { heldBy } = typeOf("Grain");
    assert.ok(heldBy.length > 0 && heldBy.length <= 8);
    assert.match(heldBy.join(" / "), /granulator|Grain\.before/);
  });
});
