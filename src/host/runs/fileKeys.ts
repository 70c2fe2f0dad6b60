import { realpathSync } from "node:fs";
import path, { type PlatformPath } from "node:path";
import { systemPath } from "../../core/names/paths.ts";

/** What telling files apart takes of a system. */
export interface FileSystem {
  readonly paths: PlatformPath;
  /** Whether names differ by more than their case. */
  readonly foldsCase: boolean;
  /** Asks the disk, or whatever is behind the path. @throws where nothing is there. */
  readonly realPath: (path: string) => string;
}

const PRESENT: FileSystem = {
  paths: path,
  foldsCase: process.platform === "win32" || process.platform === "darwin",
  realPath: (asked) => realpathSync.native(asked),
};

/** A saved run may come from anywhere, so what it names outside its folder is text and nothing more. */
export interface RunFile {
  /** As the system writes it. */
  readonly path: string;
  /** In the folder of the run. */
  readonly isInside: boolean;
  /** On another machine: to look at it is to call there. */
  readonly isRemote: boolean;
}

/** @param folder What the run's relative paths are relative to. */
export function runFileOf(file: string, folder: string | null, { paths } = PRESENT): RunFile {
  const named = paths.normalize(systemPath(file, folder));
  const inside = folder === null ? ".." : paths.relative(paths.normalize(folder), named);
  const isInside = !/^\.\.([\\/]|$)/.test(inside) && !paths.isAbsolute(inside);
  return { path: named, isInside, isRemote: !isInside && /^[\\/]{2}/.test(named) };
}

/** Of a file that a run names; the disk is asked only about what lies in the run's folder. */
export function keyOfRunFile({ path: named, isInside }: RunFile, system = PRESENT): string {
  return isInside ? realKey(named, system) : textKey(named, system);
}

/** Of a file that the editor holds open, which may be reached by links: whatever a run may call it, likeliest first. */
export const keysOfOpenFile = (opened: string, system = PRESENT): readonly string[] => [
  realKey(opened, system),
  textKey(opened, system),
];

function realKey(named: string, system: FileSystem): string {
  try {
    return textKey(system.realPath(named), system);
  } catch {
    // A file that is gone has only its name.
    return textKey(named, system);
  }
}

const textKey = (named: string, { paths, foldsCase }: FileSystem): string => {
  const normal = paths.normalize(named);
  return foldsCase ? normal.toLowerCase() : normal;
};
