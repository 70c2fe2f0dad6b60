import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readRun } from "../../src/core/run/readRun.ts";
import { RUN_VERSION } from "../../src/core/run/run.ts";
import { exampleRun } from "../support/exampleRun.ts";

const page = readFileSync(new URL("../../docs/run-format.md", import.meta.url), "utf8");
const example = /```json\n([\s\S]+?)```/.exec(page)?.[1] ?? "";

/** Every field's name, wherever it stands; the names of parameters are the pipeline's own. */
function fieldsOf(value: unknown, name = ""): Set<string> {
  if (typeof value !== "object" || value === null) return new Set();
  if (Array.isArray(value)) return new Set(value.flatMap((one) => [...fieldsOf(one)]));
  if (name === "parameters") return new Set();
  return new Set(Object.entries(value).flatMap(([key, inside]) => [key, ...fieldsOf(inside, key)]));
}

describe("the page about the run file", () => {
  it("has an example that can be read", () => {
    const run = readRun(example);
    assert.equal(run.lines[0]?.stage, run.stages[0]?.name);
    assert.equal(run.version, RUN_VERSION);
  });

  it("names every field of a run", () => {
    const missing = [...fieldsOf(exampleRun)].filter(
      (field) => !new RegExp(`\\b${field}\\b[^\\n]*\``).test(page),
    );
    assert.deepEqual(missing, []);
  });

  it("shows no field that a run doesn't have", () => {
    const known = fieldsOf(exampleRun);
    assert.deepEqual(
      [...fieldsOf(JSON.parse(example))].filter((field) => !known.has(field)),
      [],
    );
  });

  it("has a line for each version", () => {
    for (let version = 1; version <= RUN_VERSION; version += 1) {
      assert.match(page, new RegExp(`^\\| ${version} +\\| \\d+\\.\\d+\\.\\d+ +\\|`, "m"));
    }
  });
});
