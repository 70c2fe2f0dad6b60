import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import * as library from "waveflame";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const TYPES = join(ROOT, "dist", "library", "waveflame.d.ts");

/** As much as a workspace has in which nothing is installed, and that asks for no more than the language itself. */
const NOTHING_INSTALLED: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  noEmit: true,
  strict: true,
};

function programOf(...files: readonly string[]): ts.Program {
  return ts.createProgram(files, NOTHING_INSTALLED);
}

/** What a workspace may have besides, for browsers, AudioWorklets and Node. */
const INSTALLED: Readonly<Record<string, ts.CompilerOptions>> = {
  nothing: {},
  "lib.dom": { lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] },
  "@types/audioworklet": { types: ["audioworklet"] },
  "lib.dom and @types/node": { lib: ["lib.es2022.d.ts", "lib.dom.d.ts"], types: ["node"] },
  "@types/node": { types: ["node"] },
};

const PROCESSOR = `/// <reference path="./waveflame.d.ts" />
class Gain extends AudioWorkletProcessor {
  #gain = 1;
  static get parameterDescriptors() {
    return [{ name: "gain", defaultValue: 1 }];
  }
  constructor(options: { processorOptions: { gain: number } }) {
    super();
    this.#gain = options.processorOptions.gain;
    this.port.onmessage = ({ data }) => (this.#gain = data.gain);
  }
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    inputs[0]?.forEach((samples, channel) => outputs[0]?.[channel]?.set(samples.map((x) => this.#gain * x)));
    this.port.postMessage({ frame: currentFrame, same: currentTime * sampleRate });
    return true;
  }
}
registerProcessor("gain", Gain);
`;

function problems(program: ts.Program): string[] {
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** What `import { … } from "waveflame"` may name, and of it what there is at run time. */
function exportsOf(program: ts.Program): { all: string[]; values: string[] } {
  const checker = program.getTypeChecker();
  const [module] = checker.getAmbientModules().filter(({ name }) => name === '"waveflame"');
  assert.ok(module);
  const symbols = checker.getExportsOfModule(module);
  const names = (some: readonly ts.Symbol[]): string[] => some.map(({ name }) => name).sort();
  return { all: names(symbols), values: names(symbols.filter(({ flags }) => flags & ts.SymbolFlags.Value)) };
}

const USER = `/// <reference path="./waveflame.d.ts" />
import { audioFilesIn, audioKey, BufferPool, cached, definePipeline, inBatches, mapConcurrently, measured, measureScope, TtlCache } from "waveflame";
import type { Block, Outcome } from "waveflame";

const pool = new BufferPool({ buffers: 20 });
const energy = cached((samples: Float32Array): number => samples.reduce((sum, x) => sum + x * x, 0), {
  key: (samples) => audioKey([samples], "energy"),
  cache: new TtlCache({ seconds: 10 }),
  name: "energy",
});
const halve = measured(function halve(block: Block): void {
  for (const samples of block.channels) samples.forEach((x, i) => (samples[i] = x / 2));
});
export async function lengths(): Promise<Outcome<string, number>[]> {
  for await (const batch of inBatches(audioFilesIn("."))) return mapConcurrently(batch, (path) => path.length);
  return [];
}
export default definePipeline({
  name: "Energy",
  stages: {
    halve: () => halve,
    energy: ({ emit }) => (block) => {
      using scope = measureScope("energy");
      using buffer = pool.acquire(block.frames);
      buffer.samples.set(block.channels[0] ?? []);
      emit("energy", energy(buffer.samples));
    },
  },
});
`;

describe("The types beside a pipeline where nothing is installed", () => {
  const folder = temporaryFolder();

  it("name exactly what the library exports", () => {
    assert.deepEqual(exportsOf(programOf(TYPES)).values, Object.keys(library).sort());
  });

  it("leave a pipeline that uses the library without a Problem, and have none themselves", async () => {
    const pipeline = join(folder.path, "energy.pipeline.ts");
    await writeFile(pipeline, USER);
    await writeFile(join(folder.path, "waveflame.d.ts"), await readFile(TYPES));
    assert.deepEqual(problems(programOf(pipeline)), []);
  });

  for (const [installed, options] of Object.entries(INSTALLED)) {
    it(`know the scope of an AudioWorklet, beside ${installed}`, async () => {
      const processor = join(folder.path, "gain.ts");
      await writeFile(processor, PROCESSOR);
      await writeFile(join(folder.path, "waveflame.d.ts"), await readFile(TYPES));
      const typeRoots = [join(ROOT, "node_modules", "@types")];
      const program = ts.createProgram([processor], { ...NOTHING_INSTALLED, typeRoots, ...options });
      assert.deepEqual(problems(program), []);
    });
  }

  it("tell a user what was meant where something is used wrongly", async () => {
    const pipeline = join(folder.path, "wrong.pipeline.ts");
    await writeFile(join(folder.path, "waveflame.d.ts"), await readFile(TYPES));
    await writeFile(
      pipeline,
      USER.replace("new BufferPool({ buffers: 20 })", 'new BufferPool({ buffers: "20" })'),
    );
    assert.deepEqual(problems(programOf(pipeline)), ["Type 'string' is not assignable to type 'number'."]);
  });
});

describe("Writing the library's types", () => {
  const folder = temporaryFolder();

  /** @param files of a library with this index, whose types are written */
  async function written(index: string, files: Readonly<Record<string, string>>): Promise<string> {
    const source = join(folder.path, "src", "library");
    await mkdir(source, { recursive: true });
    const config = { extends: join(ROOT, "src", "library", "tsconfig.json"), include: ["**/*.ts"] };
    for (const [name, text] of Object.entries({ ...files, "index.ts": index })) {
      await mkdir(dirname(join(source, name)), { recursive: true });
      await writeFile(join(source, name), text);
    }
    await writeFile(join(source, "tsconfig.json"), JSON.stringify(config));
    const { writeLibraryTypes } = (await import(
      pathToFileURL(join(ROOT, "scripts", "library-types.mjs")).href
    )) as { writeLibraryTypes: (root: string, to: string) => Promise<void> };
    await writeLibraryTypes(folder.path, folder.path);
    return join(folder.path, "waveflame.d.ts");
  }

  it("keeps classes, overloads, generics, symbols and comments, and hides what only they need", async () => {
    const types = await written(`export * from "./a.ts";\nexport { use } from "./deep/b.ts";\n`, {
      "a.ts": `import type { Hidden } from "./deep/b.ts";
        declare const mark: unique symbol;
        export type Marked<T extends object> = T & { readonly [mark]?: true };
        /** Says what it is. */
        export class Holder<T extends Hidden> implements Disposable {
          #secret = 1;
          constructor(readonly of: T) {}
          get secret(): number { return this.#secret; }
          [Symbol.dispose](): void {}
        }
        export function twice(value: number): number;
        export function twice(value: string): string;
        export function twice(value: number | string): number | string { return value; }
        /** @internal */
        export const own = 1;`,
      "deep/b.ts": `export interface Hidden { readonly hidden: true }
        interface Unneeded { readonly unneeded: true }
        const unneeded = (it: Unneeded): Unneeded => it;
        const inferred = (): Hidden => ({ hidden: true });
        export const use = { inferred, unneeded: typeof unneeded };`,
    });
    const program = programOf(types);
    assert.deepEqual(problems(program), []);
    assert.deepEqual(exportsOf(program), {
      all: ["Holder", "Marked", "twice", "use"],
      values: ["Holder", "twice", "use"],
    });
    const text = await readFile(types, "utf8");
    assert.match(text, /\/\*\* Says what it is\. \*\/\n {2}export class Holder/);
    assert.doesNotMatch(text, /Unneeded|own|import/);
  });

  it("says which name to change where two files use one", async () => {
    const files = {
      "a.ts": `interface Options { a: 1 }\nexport const a = (options: Options): Options => options;`,
      "b.ts": `interface Options { b: 1 }\nexport const b = (options: Options): Options => options;`,
    };
    const index = `export * from "./a.ts";\nexport * from "./b.ts";\n`;
    await assert.rejects(written(index, files), /need both Options in .*a\.ts and in .*b\.ts: rename one\.$/);
    await assert.rejects(
      written(`export { a as c } from "./a.ts";`, files),
      /exports a as c: give it one name/,
    );
  });

  it("says whose type needs a package", async () => {
    const files = {
      "a.ts": `import type { Dirent } from "node:fs";\nexport const a = (of: Dirent): string => of.name;`,
    };
    await assert.rejects(
      written(`export * from "./a.ts";`, files),
      /the type of a needs Dirent of a package/,
    );
  });
});
