import { isBuiltin } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as vm from "node:vm";
import { compileFunction, SourceTextModule, SyntheticModule, type Module } from "node:vm";
import { readFileSync } from "../../ownFiles.ts";
import { EditorResolver } from "../../modules/resolve.ts";
import { resolveForBrowser } from "../../modules/resolveForBrowser.ts";
import type { ReadySource } from "../../worker/loading/sourcePort.ts";
import type { WorkletScope } from "./workletScope.ts";

/** Gives a file's text as the engine prepared it. @throws SourceProblem */
export type ReadSource = (url: string) => ReadySource;

type Exports = Record<string, unknown>;

/** Loads modules into a scope as a browser would after a bundler: relative files, TypeScript and packages. */
export class ScopeModules {
  readonly #scope: WorkletScope;
  readonly #read: ReadSource;
  readonly #resolver = new EditorResolver();
  readonly #modules = new Map<string, Module>();
  readonly #commonJs = new Map<string, { exports: unknown }>();
  #usesPromises = false;

  constructor(scope: WorkletScope, read: ReadSource) {
    this.#scope = scope;
    this.#read = read;
  }

  /** Whether a text that was loaded can leave anything for `WorkletScope.settle` to do. */
  get usesPromises(): boolean {
    return this.#usesPromises;
  }

  /** Loads and evaluates a file with all it imports. @throws Error where the runtime can't have modules in a realm */
  async import(url: string): Promise<void> {
    if (!Reflect.has(vm, "SourceTextModule"))
      throw new Error(
        "This runtime can't load AudioWorklet processors: let waveflame.runtime name a Node from 22.15 on",
      );
    const module = this.#moduleAt(url);
    await module.link((specifier, importer) => this.#moduleAt(this.#resolve(specifier, importer.identifier)));
    let evaluated: PromiseSettledResult<void> | undefined;
    void Promise.allSettled([module.evaluate()]).then(([result]) => (evaluated = result));
    // Its promises only go on when the scope is told to.
    while (!evaluated) {
      await new Promise(setImmediate);
      this.#scope.settle();
    }
    if (evaluated.status === "rejected") throw evaluated.reason;
  }

  #resolve(specifier: string, importer: string): string {
    if (isBuiltin(specifier))
      throw new TypeError(
        `${fileURLToPath(importer)} imports "${specifier}", which is Node's: an AudioWorklet has nothing of it`,
      );
    const path = fileURLToPath(importer);
    const asEdited = this.#resolver.find(specifier, importer);
    if (asEdited !== undefined) return asEdited;
    const found = resolveForBrowser(specifier, dirname(path));
    if (found === undefined) throw new Error(`Cannot find module '${specifier}' imported from ${path}`);
    return pathToFileURL(found).href;
  }

  #moduleAt(url: string): Module {
    let module = this.#modules.get(url);
    if (!module) {
      module = this.#newModule(url);
      this.#modules.set(url, module);
    }
    return module;
  }

  #newModule(url: string): Module {
    if (url.endsWith(".json")) return this.#synthetic(url, { default: jsonAt(url) });
    const { format, text, registersProcessor } = this.#read(url);
    this.#usesPromises ||= MENTIONS_PROMISES.test(text);
    // A processor's file is what `addModule` is given, whatever its package says.
    if (format === "commonjs" && !registersProcessor)
      return this.#synthetic(url, namesOf(this.#required(url)));
    return new SourceTextModule(text, {
      context: this.#scope.global,
      identifier: url,
      initializeImportMeta: (meta) => {
        meta.url = url;
      },
      importModuleDynamically: () => {
        throw new TypeError("import() isn't allowed in an AudioWorklet: import it at the top of the file");
      },
    });
  }

  #synthetic(url: string, exports: Exports): Module {
    const names = Object.keys(exports);
    return new SyntheticModule(
      names,
      function () {
        for (const name of names) this.setExport(name, exports[name]);
      },
      { context: this.#scope.global, identifier: url },
    );
  }

  /** CommonJS, as bundlers let browsers have it. */
  #required(url: string): unknown {
    const known = this.#commonJs.get(url);
    if (known) return known.exports;
    if (url.endsWith(".json")) return jsonAt(url);
    const module = { exports: this.#scope.clone({}) };
    this.#commonJs.set(url, module);
    const { text } = this.#read(url);
    this.#usesPromises ||= MENTIONS_PROMISES.test(text);
    // Without a wrapper: V8's lines and offsets are those of the text.
    const run = compileFunction(text, ["module", "exports", "require"], {
      filename: url,
      parsingContext: this.#scope.global,
    }) as (
      this: unknown,
      module: { exports: unknown },
      exports: unknown,
      require: (specifier: string) => unknown,
    ) => void;
    const require = (specifier: string): unknown => this.#required(this.#resolve(specifier, url));
    run.call(module.exports, module, module.exports, require);
    return module.exports;
  }
}

/** What makes promises has one of these words in it; asking after each quantum costs nearly a microsecond. */
const MENTIONS_PROMISES = /\b(?:async|await|then|Promise|WebAssembly|queueMicrotask|Stream)\b/;

const jsonAt = (url: string): unknown => JSON.parse(readFileSync(fileURLToPath(url), "utf8")) as unknown;

/** Named imports of what a CommonJS module exports, besides the whole as the default. */
function namesOf(exports: unknown): Exports {
  const named = typeof exports === "object" && exports !== null ? (exports as Exports) : {};
  const isCompiled = named["__esModule"] === true && "default" in named;
  return { ...named, default: isCompiled ? named["default"] : exports };
}
