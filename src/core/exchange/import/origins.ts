import { runPath } from "../../names/paths.ts";
import type { FunctionKind } from "../../run/run.ts";

/** Where a frame of another tool's profile was written, as a run names files. */
export interface Origin {
  /** Empty where there is no source to open. */
  readonly file: string;
  readonly kind: FunctionKind;
}

const NOWHERE: Origin = { file: "", kind: "runtime" };

/** Not a file: `node:fs`, `<frozen importlib>`, `[eval]`, `~`, `evalmachine.<anonymous>`, `native array.js`. */
const WITHOUT_SOURCE =
  /^(node:|native |extensions::|chrome(-extension)?:|devtools:|about:|data:|blob:|internal\/|evalmachine\.|[<[~(])/;
const BUNDLERS = /^(webpack|webpack-internal|turbopack):\/\//;
const PACKAGES =
  /(^|\/)(node_modules|site-packages|dist-packages|\.cargo\/registry|pkg\/mod|gems)\/|^~\/node_modules\//;

/**
 * @param address what the tool wrote: a path of any system, a `file:`, `webpack:` or other URL, or something that is no file
 * @param workspace paths below it become relative; null where there is none
 */
export function originOf(address: string, workspace: string | null): Origin {
  if (address.startsWith("wasm:")) return { file: "", kind: "wasm" };
  const file = address === "" || WITHOUT_SOURCE.test(address) ? "" : fileOf(address, workspace);
  if (file === "") return NOWHERE;
  return { file, kind: PACKAGES.test(file) ? "package" : "source" };
}

function fileOf(address: string, workspace: string | null): string {
  if (/^file:\/\//i.test(address)) return inRun(pathOfFileUrl(address), workspace);
  if (BUNDLERS.test(address)) return bundledFile(address, workspace);
  // From a server: not a file here, but its name still tells something.
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(address)) return withoutQuery(address);
  return inRun(address, workspace);
}

/** `/home/me/a.js`, `C:/me/a.js`, `//server/share/a.js` */
function pathOfFileUrl(url: string): string {
  const path = decoded(withoutQuery(url.slice("file://".length)));
  if (/^\/[A-Za-z]:/.test(path)) return path.slice(1);
  const host = /^(?!localhost\/)[^/]+\//.test(path);
  return host ? `//${path}` : path.replace(/^localhost\//, "/");
}

/** `webpack://app/./src/index.ts?1a2b` is `src/index.ts`; what the bundler wrote itself is nowhere. */
function bundledFile(url: string, workspace: string | null): string {
  const path = decoded(withoutQuery(url).replace(/^[a-z-]+:\/\/[^/]*\//, ""));
  if (/^(\(?webpack\)?\/|external )/.test(path)) return "";
  return inRun(path.replace(/^\[project\]\//, ""), workspace);
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, "");

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function inRun(path: string, workspace: string | null): string {
  const isAbsolute = /^([\\/]|[A-Za-z]:[\\/])/.test(path);
  // A relative path with backslashes is of Windows where the workspace is, or where no slash says otherwise.
  const slashed = isAbsolute || path.includes("/") ? path : path.replaceAll("\\", "/");
  const whole = isAbsolute || workspace === null ? slashed : `${runPath(workspace, null)}/${slashed}`;
  return runPath(withoutDots(runPath(whole, null)), workspace);
}

/** `.` and `..` taken out; what leads above a relative path's beginning stays. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    const last = parts.at(-1);
    if (part === ".") continue;
    if (part === ".." && last !== undefined && last !== ".." && last !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
