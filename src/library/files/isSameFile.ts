import { realpath, stat } from "node:fs/promises";

interface Identity {
  readonly path: string;
  readonly device: bigint;
  /** 0 where the file system has no such numbers. */
  readonly inode: bigint;
}

/**
 * Whether two paths lead to one file: by links, in another spelling where the case doesn't count, or as two names of it.
 * False where one of them leads nowhere.
 */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([identityOf(a), identityOf(b)]);
  if (!first || !second) return false;
  if (first.path === second.path) return true;
  return first.inode !== 0n && first.inode === second.inode && first.device === second.device;
}

async function identityOf(path: string): Promise<Identity | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return { path: await realpath(path), device: dev, inode: ino };
  } catch {
    return undefined;
  }
}
