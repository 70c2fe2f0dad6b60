/**
 * Paths as runs hold them: with `/`, relative to the workspace inside it, absolute outside it. Which system wrote a
 * path is told from its form, so that a run made on Windows reads the same everywhere.
 */

const DRIVE = /^[A-Za-z]:(?=[\\/]|$)/;

/** `C:\…`, `C:/…`, `\\server\share\…`; a POSIX name may hold a backslash, so only the beginning tells. */
const isWindows = (path: string): boolean =>
  DRIVE.test(path) || path.startsWith("\\\\") || path.startsWith("//");

/** With `/` and an upper-case drive letter, which editors write either way. */
function withSlashes(path: string): string {
  if (!isWindows(path)) return path;
  return path.replaceAll("\\", "/").replace(DRIVE, (drive) => drive.toUpperCase());
}

const withoutEndSlash = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);

/** What two spellings of one file have in common. */
const comparable = (path: string): string => (isWindows(path) ? path.toLowerCase() : path);

/** An absolute path of this or another system, as a run holds it. */
export function runPath(absolute: string, workspace: string | null): string {
  const path = withSlashes(absolute);
  if (workspace === null) return path;
  const folder = `${withoutEndSlash(withSlashes(workspace))}/`;
  const inside = path.length > folder.length && comparable(path).startsWith(comparable(folder));
  return inside ? path.slice(folder.length) : path;
}

/** True for what `runPath` gives outside a workspace. */
export const isAbsoluteRunPath = (path: string): boolean => path.startsWith("/") || DRIVE.test(path);

/**
 * The way back, in the spelling of the system that wrote the path or the workspace. Without a workspace a relative path
 * stays as it is.
 */
export function systemPath(path: string, workspace: string | null): string {
  if (isAbsoluteRunPath(path)) return isWindows(path) ? path.replaceAll("/", "\\") : path;
  if (workspace === null) return path;
  const folder = withoutEndSlash(withSlashes(workspace));
  return isWindows(workspace) ? `${folder}/${path}`.replaceAll("/", "\\") : `${folder}/${path}`;
}

/** The last part of a path with `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * A file of a run as short as it can be told: outside the workspace, what lies beside the pipeline's folder or in it is
 * told from there: `mastering/optimised/spectrum.ts`.
 */
export function shortRunPath(path: string, pipelineFile: string): string {
  if (!isAbsoluteRunPath(path) || !isAbsoluteRunPath(pipelineFile)) return path;
  const folder = folderOf(folderOf(pipelineFile));
  return /^$|^[A-Z]:$/.test(folder) ? path : runPath(path, folder);
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
