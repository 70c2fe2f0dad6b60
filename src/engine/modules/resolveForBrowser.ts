import { existsSync, readFileSync, realpathSync, statSync } from "../ownFiles.ts";
import { dirname, join, resolve } from "node:path";
import { resolveExports, resolveImports } from "resolve-pkg-maps";

/** As bundlers for browsers ask; Node's own resolution only knows Node's conditions. */
const CONDITIONS = ["browser", "module", "import"];
const EXTENSIONS = ["", ".js", ".mjs", ".cjs", ".json", "/index.js", "/index.mjs"];

interface Manifest {
  readonly browser?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
  readonly exports?: Parameters<typeof resolveExports>[0];
  readonly imports?: Parameters<typeof resolveImports>[0];
}

/**
 * The file that an import means to a browser's bundler. A package's is told by `exports`, else by `browser`, `module`
 * or `main`.
 *
 * @param folder of the importing file
 * @returns its real path; undefined where there is none
 */
export function resolveForBrowser(specifier: string, folder: string): string | undefined {
  if (/^\.{0,2}\//.test(specifier)) return fileAt(resolve(folder, specifier));
  if (specifier.startsWith("#")) return resolveOwn(specifier, folder);
  const [, name = "", inside = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  for (const above of foldersFrom(folder)) {
    const found = join(above, "node_modules", name);
    if (existsSync(found)) return name ? inPackage(found, inside) : undefined;
  }
  return undefined;
}

function resolveOwn(specifier: string, folder: string): string | undefined {
  const own = foldersFrom(folder).find((above) => existsSync(join(above, "package.json")));
  const { imports } = own === undefined ? {} : manifestOf(own);
  if (own === undefined || !imports) return undefined;
  return tolerant(() => resolveImports(imports, specifier, CONDITIONS))
    .map((target) => (target.startsWith("./") ? fileAt(join(own, target)) : resolveForBrowser(target, own)))
    .find((path) => path !== undefined);
}

function inPackage(folder: string, inside: string): string | undefined {
  const { exports, browser, module, main } = manifestOf(folder);
  if (exports)
    return tolerant(() => resolveExports(exports, inside, CONDITIONS))
      .map((target) => fileAt(join(folder, target)))
      .find((path) => path !== undefined);
  if (inside) return fileAt(join(folder, inside));
  const entries = [browser, module, main, "index.js"].filter((entry) => typeof entry === "string");
  return entries.map((entry) => fileAt(join(folder, entry))).find((path) => path !== undefined);
}

function manifestOf(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** The package doesn't offer it: then it isn't there. */
function tolerant(find: () => string[]): string[] {
  try {
    return find();
  } catch {
    return [];
  }
}

function fileAt(path: string): string | undefined {
  const found = EXTENSIONS.map((extension) => path + extension).find(isFile);
  return found && realpathSync(found);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function foldersFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}
