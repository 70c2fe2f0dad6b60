import { randomUUID } from "node:crypto";
import { lstat, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DRAFTS_FOLDER, isDraftName } from "../../core/names/drafts.ts";
import { birthOf, isAlive } from "./processBirth.ts";

/** Windows lets nobody remove a file before a process that had it open is gone altogether. */
const UNTIL_CLOSED = { maxRetries: 5, retryDelay: 100 };

const PREFIX = "waveflame-";
/** `waveflame-PID-BIRTH-UUID` */
const NAME = /^waveflame-(\d+)-(\w+)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * A folder for what a run can't hold in memory; made by the engine when it needs it. Its name says which process removes
 * it, so that from the first moment nobody takes it for one that a crash left.
 */
export function newWorkFolder(temporary = tmpdir()): string {
  return join(temporary, `${PREFIX}${process.pid}-${birthOf(process.pid) ?? "unknown"}-${randomUUID()}`);
}

/** Removes what crashes left: the work folders of processes that are no more. Another user's stay, if the system says so. */
export async function removeLeftFolders(temporary = tmpdir()): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  await Promise.all(
    names.filter(isLeft).map((name) => removeWorkFolder(join(temporary, name)).catch(() => undefined)),
  );
}

/** And before it the drafts of what the run's pipeline was writing when it ended. */
export async function removeWorkFolder(folder: string): Promise<void> {
  if (await isOwn(folder)) await removeDrafts(join(folder, DRAFTS_FOLDER));
  await rm(folder, { recursive: true, force: true, ...UNTIL_CLOSED });
}

async function removeDrafts(list: string): Promise<void> {
  for (const entry of await readdir(list).catch(() => [])) {
    const draft = await readFile(join(list, entry), "utf8").catch(() => "");
    if (isDraftName(basename(draft))) await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** Nobody else says which of a person's files are removed. Windows gives everybody a temporary folder of their own. */
const isOwn = (folder: string): Promise<boolean> =>
  lstat(folder).then(
    ({ uid }) => process.getuid === undefined || uid === process.getuid(),
    () => false,
  );

function isLeft(name: string): boolean {
  const [, pid, birth = ""] = NAME.exec(name) ?? [];
  return pid !== undefined && !isAlive(Number(pid), birth);
}
