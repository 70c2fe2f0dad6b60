import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { AUDIO_EXTENSIONS } from "../../core/names/audioExtensions.ts";

export interface AudioFilesOptions {
  /** Whether the folders inside are looked into, too: false where it isn't given. */
  recursive?: boolean;
  /** How names end, without the dot and in any case: those of all audio and video where it isn't given. */
  extensions?: readonly string[];
}

/**
 * The paths of the recordings in a folder, one at a time and by name, so that a folder of any size takes little memory.
 * Links are followed; a folder that several lead to is visited once. What begins with a dot is left out.
 *
 * @throws Error where the folder, or one in it, can't be read
 */
export async function* audioFilesIn(
  folder: string,
  { recursive = false, extensions = AUDIO_EXTENSIONS }: AudioFilesOptions = {},
): AsyncGenerator<string, void, void> {
  const endings = extensions.map((extension) => `.${extension.replace(/^\./, "").toLowerCase()}`);
  const isWanted = (name: string): boolean => endings.some((ending) => name.toLowerCase().endsWith(ending));
  yield* filesIn(folder, recursive, isWanted, new Set());
}

// No package serves: tinyglobby and fdir give all paths at once, and Node's own glob gives them in no order.
async function* filesIn(
  folder: string,
  recursive: boolean,
  isWanted: (name: string) => boolean,
  visited: Set<string>,
): AsyncGenerator<string, void, void> {
  const place = await realpath(folder).catch(cannotRead(folder));
  if (visited.has(place)) return;
  visited.add(place);
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    const kind = await kindOf(entry, path);
    if (kind === "file" && isWanted(entry.name)) yield path;
    if (kind === "folder" && recursive) yield* filesIn(path, recursive, isWanted, visited);
  }
}

/** By name in the order of its characters' codes, which is the same on every machine. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(cannotRead(folder));
  return entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A link that leads nowhere is neither. */
async function kindOf(entry: Dirent, path: string): Promise<"file" | "folder" | "other"> {
  const found = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  return found?.isFile() ? "file" : found?.isDirectory() ? "folder" : "other";
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "it is not a folder",
  EACCES: "reading it is not permitted",
  EPERM: "reading it is not permitted",
};

const cannotRead =
  (folder: string) =>
  (error: NodeJS.ErrnoException): never => {
    const reason = REASONS[error.code ?? ""] ?? error.message;
    throw new Error(`The recordings in ${folder} can't be listed: ${reason}. Check the path.`, {
      cause: error,
    });
  };
