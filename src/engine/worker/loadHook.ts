import { registerHooks, type LoadFnOutput } from "node:module";
import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { EditorResolver } from "../modules/resolve.ts";
import type { PreparedSource } from "../modules/sourceService.ts";

const CODE = /\.[mc]?[jt]sx?$/;
const LIBRARY = "waveflame";

export interface LoadHookOptions {
  /** URL of the library that ships. */
  readonly libraryUrl: string;
  /** Urls go out, prepared sources come back. */
  readonly sources: MessagePort;
  /** Raised by the engine when an answer is there. */
  readonly answered: Int32Array;
}

/** Thrown into the import of a file whose text can't be handled; the engine makes a sentence of it. */
export class SourceProblem extends Error {
  override readonly name = "SourceProblem";
  readonly path: string;
  readonly line: number;

  constructor(path: string, line: number, problem: string) {
    super(problem);
    this.path = path;
    this.line = line;
  }
}

/** From here on this thread loads files as the engine prepared them, and finds what editors find. */
export function installLoadHook(options: LoadHookOptions): void {
  const resolver = new EditorResolver();
  const ours = new URL(".", options.libraryUrl).href;

  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier === LIBRARY) return { url: options.libraryUrl, format: "module", shortCircuit: true };
      const url = resolver.find(specifier, context.parentURL);
      return url ? { url, shortCircuit: true } : nextResolve(specifier, context);
    },
    load(url, context, nextLoad) {
      if (!url.startsWith("file:") || url.startsWith(ours)) return nextLoad(url, context);
      if (
        url.endsWith(".json") &&
        context.importAttributes.type !== "json" &&
        !context.conditions.includes("require")
      )
        return jsonModule(nextLoad(url, { ...context, format: "json", importAttributes: { type: "json" } }));
      // Packages as they are, but for those that ship TypeScript.
      if (!CODE.test(url) || (url.includes("/node_modules/") && !/\.[mc]?tsx?$/.test(url)))
        return nextLoad(url, context);
      return loadOutput(ask(options, url));
    },
  });
}

/** Hooks are synchronous and the engine isn't: this thread sleeps until the answer is there. */
function ask({ sources, answered }: LoadHookOptions, url: string): PreparedSource {
  Atomics.store(answered, 0, 0);
  sources.postMessage(url);
  Atomics.wait(answered, 0, 0);
  const received = receiveMessageOnPort(sources) as { message: PreparedSource } | undefined;
  if (!received) throw new Error(`The engine gave no answer for ${url}.`);
  return received.message;
}

function loadOutput(prepared: PreparedSource): LoadFnOutput {
  switch (prepared.kind) {
    case "syntax":
      throw new SourceProblem(prepared.path, prepared.line, prepared.problem);
    case "unreadable":
      throw new Error(prepared.problem);
    case "source":
      return {
        format: prepared.format,
        source: "\n".repeat(prepared.shift) + prepared.text,
        shortCircuit: true,
      };
  }
}

/** Editors accept an import of JSON without an attribute. */
function jsonModule(loaded: LoadFnOutput): LoadFnOutput {
  const text =
    typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined);
  return { format: "module", source: `export default ${text}`, shortCircuit: true };
}
