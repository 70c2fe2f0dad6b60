import assert from "node:assert/strict";
import { nameInRun } from "../../src/core/names/fileNames.ts";
import { exampleRun } from "../support/exampleRun.ts";

describe("the name of a file among those of a run", () => {
  const nameAmong = (file: string, ...files: string[]): string =>
    nameInRun(
      {
        pipeline: {
          ...exampleRun.pipeline,
          files: [file, ...files].map((each) => ({ file: each, sha256: "" })),
        },
      },
      file,
    );

  it("is its own where no other has it", () => {
    assert.equal(nameAmong("src/filters/biquad.ts", "voice.pipeline.ts", "src/mybiquad.ts"), "biquad.ts");
  });

  it("has the folders in front that tell it from the others", () => {
    assert.equal(nameAmong("master/plain/eq.ts", "master/optimised/eq.ts"), "plain/eq.ts");
    assert.equal(nameAmong("a/lib/eq.ts", "b/lib/eq.ts"), "a/lib/eq.ts");
    assert.equal(nameAmong("/a/x/lib/eq.ts", "/a/y/lib/eq.ts"), "x/lib/eq.ts");
    assert.equal(nameAmong("eq.ts", "lib/eq.ts"), "eq.ts");
    assert.equal(nameAmong("lib/eq.ts", "eq.ts"), "lib/eq.ts");
  });
});
