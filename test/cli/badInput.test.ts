import assert from "node:assert/strict";
import { link, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RunStore } from "../../src/client/runs/runStore.ts";
import { waveflame } from "../support/commandLine.ts";
import { GAIN, pipelineText, writePipeline, writeTone } from "../support/smallWorkspace.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const QUICK = ["--set", "samplingMs=200", "--set", "segmentSeconds=0.25", "--stall", "1"];

/** A stage `a` that does something in the block that holds the time 1.6 s, which is in the seventh segment. */
const at = (what: string): string =>
  `a: () => { const kept: unknown[] = []; return ({ time }) => {\n if (time > 1.59) ${what}\n}; },`;
/** That statement's line. */
const LINE = 8;

const TOO_MUCH_MEMORY =
  /The pipeline needed more than 512 MB of memory in stage "a" near 0:01\.\d of the recording and was ended: keep less of the recording at once, or raise waveflame\.memoryLimitMB\./;
const HEAP_IS_FULL =
  /The pipeline filled the JavaScript heap\. Keep less between blocks, or raise waveflame\.memoryLimitMB\./;

describe("bad input", () => {
  const folder = temporaryFolder();
  const file = (name: string): string => join(folder.path, name);

  /** Exit code 2, nothing on standard output, one sentence that says all of it. */
  async function refused(args: readonly string[], sentence: RegExp): Promise<void> {
    const { code, out, error } = await waveflame(folder.path, ["profile", ...QUICK, ...args]);
    assert.match(error, sentence);
    assert.match(error, /^error: [^\n]+[.!?]\n$/);
    assert.equal(out, "");
    assert.equal(code, 2);
  }

  beforeEach(async () => {
    await writeTone(file("tone.wav"));
  });

  describe("for a recording", () => {
    beforeEach(() => writePipeline(folder.path, "small.pipeline.ts", pipelineText(GAIN)));

    const patched = async (name: string, patch: (bytes: Buffer) => Buffer): Promise<void> => {
      await writeFile(file(name), patch(await readFile(file("tone.wav"))));
    };

    it("that --json would replace, and any other file that holds no runs", async () => {
      const recording = await readFile(file("tone.wav"));
      await writeFile(file("notes.json"), '{"my":1}');
      await link(file("tone.wav"), file("linked.wav"));
      await refused(["tone.wav", "--json", "tone.wav"], /tone\.wav is the recording itself: change --json\./);
      await refused(["tone.wav", "--json", "linked.wav"], /linked\.wav holds something else than runs/);
      await refused(["tone.wav", "--json", "notes.json"], /notes\.json holds something else than runs/);
      assert.deepEqual(await readFile(file("tone.wav")), recording);
      assert.equal(await readFile(file("notes.json"), "utf8"), '{"my":1}');
      for (const files of [["tone.wav"], ["tone.wav"], ["tone.wav", "linked.wav"], ["tone.wav"]]) {
        const { code } = await waveflame(folder.path, ["profile", ...QUICK, ...files, "--json", "run.json"]);
        assert.equal(code, 0);
      }
    });

    it("for which a parameter is misspelt, before it is run through", async () => {
      const declared = `parameters: { amount: 1 }`;
      await writePipeline(
        folder.path,
        "small.pipeline.ts",
        pipelineText(`a: { ${declared}, create: () => () => { console.log("begun"); } }, b: () => () => {},`),
      );
      for (const [parameter, sentence] of [
        ["amuont=2", /No stage declares the parameter "amuont"\. Did you mean "amount"\?/],
        ["b2.amount=2", /No stage declares the parameter "b2\.amount"\. Did you mean "a\.amount"\?/],
        ["variant=quick", /No stage has a variant "quick"\. Check its spelling\./],
      ] as const)
        await refused(["tone.wav", "--parameter", parameter], sentence);
    });

    it("that is missing", () => refused(["missing.wav"], /missing\.wav doesn't exist/));

    it("that is a folder", async () => {
      await mkdir(file("takes.wav"));
      await refused(["takes.wav"], /takes\.wav is a folder/);
    });

    it("that is empty", async () => {
      await writeFile(file("empty.wav"), "");
      await refused(["empty.wav"], /empty\.wav is empty/);
    });

    it("that is truncated", async () => {
      await patched("cut.wav", (bytes) => bytes);
      await truncate(file("cut.wav"), 5000);
      await refused(["cut.wav"], /cut\.wav is truncated/);
    });

    it("that is text", async () => {
      await writeFile(file("text.wav"), "Dear diary, today I called myself a recording.\n".repeat(20));
      await refused(["text.wav"], /text\.wav isn't audio in a format that Waveflame reads/);
    });

    it("that has no channels", async () => {
      await patched("none.wav", (bytes) => {
        bytes.writeUInt16LE(0, 22);
        return bytes;
      });
      await refused(["none.wav"], /none\.wav .*no channels/);
    });

    it("that has no frames", async () => {
      await patched("nothing.wav", (bytes) => {
        bytes.writeUInt32LE(36, 4);
        bytes.writeUInt32LE(0, 40);
        return bytes.subarray(0, 44);
      });
      await refused(["nothing.wav"], /nothing\.wav holds no audio/);
    });

    it("of a kind that isn't read yet", async () => {
      await writeFile(
        file("song.mp3"),
        Buffer.concat([Buffer.from("ID3\u0004\0\0\0\0\0\0", "latin1"), Buffer.alloc(2000)]),
      );
      await refused(["song.mp3"], /song\.mp3 .*MP3/);
    });
  });

  describe("for a pipeline", () => {
    const cases: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
      ["with a syntax error", "const a = 1;\nconst b = {{;\n", /bad\.pipeline\.ts:2 /],
      [
        "with a missing import",
        'import { a } from "./gone.ts";\nexport default a;\n',
        /bad\.pipeline\.ts:1 imports "\.?\/?gone\.ts"/,
      ],
      [
        "with a missing package",
        '\nimport { a } from "no-such-package";\nexport default a;\n',
        /bad\.pipeline\.ts:2 imports "no-such-package"/,
      ],
      ["that exports none", "export const a = 1;\n", /bad\.pipeline\.ts .*exports no pipeline/],
      ["with no stages", pipelineText(""), /bad\.pipeline\.ts .*no stages/],
      [
        "that throws in segment 7",
        pipelineText(at('throw new Error("no more");')),
        new RegExp(`"a" .*0:01\\.6 .*bad\\.pipeline\\.ts:${LINE}\\).*no more`),
      ],
      [
        "whose promise never settles",
        pipelineText("a: () => () => new Promise(() => {}),"),
        /"a" .*promise .*0:00\.0/,
      ],
      [
        "that loops for ever",
        pipelineText(at("for (;;) kept.length = 0;")),
        new RegExp(`"a" .*0:01\\.6 .*bad\\.pipeline\\.ts:${LINE}\\)`),
      ],
    ];
    for (const [what, text, sentence] of cases) {
      it(what, async () => {
        await writePipeline(folder.path, "bad.pipeline.ts", text);
        await refused(["tone.wav", "--set", "memoryLimitMB=512"], sentence);
      });
    }

    /** Exit code 2, and a report of what was measured before that says why it ends there. */
    async function cutOff(what: string, sentence: RegExp): Promise<void> {
      await writePipeline(folder.path, "bad.pipeline.ts", pipelineText(at(what)));
      const args = ["profile", ...QUICK, "tone.wav", "--set", "memoryLimitMB=512", "--stall", "30"];
      const { code, out } = await waveflame(folder.path, args);
      assert.match(out.replaceAll(/\s+/g, " "), sentence);
      assert.match(out.replaceAll(/\s+/g, " "), /figures are those of the recording up to 0:01\.[56]/);
      assert.equal(code, 2);
    }

    it("that ends the process, but for what was measured before", () =>
      cutOff(
        "process.exit(0);",
        new RegExp(
          `"a" ends the process at 0:01\\.6 .*bad\\.pipeline\\.ts:${LINE}\\).*process\\.exit\\(0\\)`,
        ),
      ));

    it("that fills memory with buffers, but for what was measured before", () =>
      cutOff("for (;;) kept.push(new Uint8Array(16e6).fill(1));", TOO_MUCH_MEMORY));

    // Which limit is reached first depends on how often the system lets one look at a process.
    it("that fills the heap, but for what was measured before", () =>
      cutOff(
        "for (;;) kept.push([kept.length]);",
        new RegExp(`${TOO_MUCH_MEMORY.source}|${HEAP_IS_FULL.source}`),
      ));

    it("of which there are none, or several", async () => {
      await refused(["tone.wav"], /No pipeline was found here/);
      await writePipeline(folder.path, "a.pipeline.ts", pipelineText(GAIN));
      await writePipeline(folder.path, "sub/b.pipeline.ts", pipelineText(GAIN));
      await refused(
        ["tone.wav"],
        /There are 2 pipelines here \(a\.pipeline\.ts, sub.b\.pipeline\.ts\): name one with --pipeline/,
      );
    });

    it("that doesn't exist", () => refused(["tone.wav", "--pipeline", "gone.ts"], /gone\.ts doesn't exist/));
  });

  describe("for an option", () => {
    beforeEach(() => writePipeline(folder.path, "small.pipeline.ts", pipelineText(GAIN)));

    it("that isn't one", () => refused(["tone.wav", "--fast"], /Unknown option '--fast'/));
    it("whose value can't be", () =>
      refused(["tone.wav", "--workers", "many"], /waveflame\.workers is "many"/));
    it("that names no folder for the run", () => refused(["tone.wav", "--json", "no/where.json"], /--json/));
  });

  it("leaves earlier runs readable", async () => {
    await writePipeline(folder.path, "good.pipeline.ts", pipelineText(GAIN));
    const good = await waveflame(folder.path, ["profile", "tone.wav", ...QUICK]);
    assert.equal(good.code, 0, good.error);
    await writePipeline(
      folder.path,
      "bad.ts",
      pipelineText(at("for (;;) kept.push(new Uint8Array(16e6).fill(1));")),
    );
    const bad = await waveflame(folder.path, [
      "profile",
      "tone.wav",
      "--pipeline",
      "bad.ts",
      "--set",
      "memoryLimitMB=512",
    ]);
    assert.equal(bad.code, 2);
    const store = new RunStore({ workspace: folder.path, fallback: null });
    assert.equal((await store.ids()).length, 1);
    assert.equal((await store.newest())?.pipeline.file, "good.pipeline.ts");
  });
});
