import { realpathSync, statSync } from "../ownFiles.ts";
import { createPathsMatcher, getTsconfig } from "get-tsconfig";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inPackages } from "./inPackages.ts";

/** What editors find for a written `.js`: the TypeScript beside it. */
const TYPED_FOR: Record<string, readonly string[]> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};
const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];

type Paths = ReturnType<typeof createPathsMatcher>;

/**
 * Resolves what an editor's TypeScript resolves and Node doesn't: `.js` for `.ts`, no extension, a folder's index,
 * tsconfig paths. Packages are left to Node.
 */
export class EditorResolver {
  readonly #paths = new Map<string, Paths>();

  /** @returns the file's URL, or undefined where Node should look */
  find(specifier: string, parentUrl: string | undefined): string | undefined {
    if (!parentUrl?.startsWith("file:")) return undefined;
    const parent = fileURLToPath(parentUrl);
    // A package's own JavaScript means the file it names, even where its TypeScript lies beside it.
    if (inPackages(parent) && !/\.[mc]?tsx?$/.test(parent)) return undefined;
    for (const candidate of this.#candidates(specifier, parent)) {
      const found = existing(candidate);
      if (found) return pathToFileURL(realpathSync(found)).href;
    }
    return undefined;
  }

  #candidates(specifier: string, parent: string): readonly string[] {
    if (specifier.startsWith("file:")) return [fileURLToPath(specifier)];
    if (/^\.{1,2}(\/|$)/.test(specifier)) return [resolve(dirname(parent), specifier)];
    if (isAbsolute(specifier)) return [specifier];
    return this.#pathsOf(dirname(parent))?.(specifier) ?? [];
  }

  #pathsOf(folder: string): Paths {
    if (!this.#paths.has(folder)) {
      const tsconfig = getTsconfig(folder) ?? getTsconfig(folder, "jsconfig.json");
      this.#paths.set(folder, tsconfig ? createPathsMatcher(tsconfig) : null);
    }
    return this.#paths.get(folder) ?? null;
  }
}

function existing(path: string): string | undefined {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const typed = TYPED_FOR[extension]?.map((other) => stem + other) ?? [];
  const implied = EXTENSIONS.map((other) => path + other);
  const index = EXTENSIONS.map((other) => join(path, `index${other}`));
  return [...typed, path, ...implied, ...index].find(isFile);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
