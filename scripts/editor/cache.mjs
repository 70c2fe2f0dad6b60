// One folder per user for what is too big to be a dependency; each entry is named by the hash of what it is made from.
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir, platform } from "node:os";
import { join } from "node:path";

export function cacheFolder() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "waveflame");
  if (platform() === "win32") return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "waveflame");
  if (platform() === "darwin") return join(homedir(), "Library", "Caches", "waveflame");
  return join(homedir(), ".cache", "waveflame");
}

/**
 * The folder `NAME-HASH` in the cache, made by `fill(folder)` where it isn't there yet. It appears whole or not at all;
 * of two that fill at the same time, the second throws its own away.
 */
export async function cachedFolder(name, recipe, fill) {
  const hash = createHash("sha256")
    .update(JSON.stringify([process.platform, process.arch, ...recipe]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(cacheFolder(), `${name}-${hash}`);
  if (await isFolder(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandoned();
  const partial = `${folder}.partial-${process.pid}`;
  try {
    await mkdir(partial);
    await fill(partial);
    await rename(partial, folder).catch(async (error) => {
      if (!(await isFolder(folder))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

/** What an installation that was killed has left. */
async function removeAbandoned() {
  for (const entry of await readdir(cacheFolder())) {
    const owner = /\.partial-(\d+)$/.exec(entry)?.[1];
    if (owner && !isAlive(Number(owner))) {
      await rm(join(cacheFolder(), entry), { recursive: true, force: true });
    }
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

async function isFolder(path) {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
