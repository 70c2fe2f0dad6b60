import {
  registerHooks,
  type LoadFnOutput,
  type LoadHookSync as LoadHook,
  type ResolveHookSync as ResolveHook,
} from "node:module";
import { EditorResolver } from "../../modules/resolve.ts";
import { readSource, type SourcePort } from "./sourcePort.ts";

/** Files that a runtime takes for scripts. */
export const CODE = /\.[mc]?[jt]sx?$/;
const LIBRARY = "waveflame";

export interface LoadHookOptions extends SourcePort {
  /** URL of the library that ships. */
  readonly libraryUrl: string;
  /** Does what the pipeline isn't to be told of: reading modules is no work of its own. */
  aside<T>(work: () => T): T;
}

/** From here on this thread loads files as the engine prepared them, and finds what editors find. */
export function installLoadHook(options: LoadHookOptions): void {
  const resolver = new EditorResolver();
  const ours = new URL(".", options.libraryUrl).href;

  const resolve: ResolveHook = (specifier, context, nextResolve) => {
    if (specifier === LIBRARY) return { url: options.libraryUrl, format: "module", shortCircuit: true };
    const url = resolver.find(specifier, context.parentURL);
    return url ? { url, shortCircuit: true } : nextResolve(specifier, context);
  };
  const load: LoadHook = (url, context, nextLoad) => {
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
    const { format, text } = readSource(options, url);
    return { format, source: text, shortCircuit: true };
  };
  registerHooks({
    resolve: (...given) => options.aside(() => resolve(...given)),
    load: (...given) => options.aside(() => load(...given)),
  });
}

/** Editors accept an import of JSON without an attribute. */
function jsonModule(loaded: LoadFnOutput): LoadFnOutput {
  const text =
    typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source ?? undefined);
  return { format: "module", source: `export default ${text}`, shortCircuit: true };
}
