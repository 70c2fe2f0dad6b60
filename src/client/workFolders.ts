import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { birthOf, isAlive } from "./processBirth.ts";

const PREFIX = "waveflame-";
/** `waveflame-PID-BIRTH-UUID` */
const NAME = /^waveflame-(\d+)-(\w+)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * A folder for what a run can't hold in memory; made by the engine when it needs it. Its name says which process removes
 * it, so that from the first moment nobody takes it for one that a crash left.
 */
export function newWorkFolder(): string {
  return join(tmpdir(), `${PREFIX}${process.pid}-${birthOf(process.pid) ?? "unknown"}-${randomUUID()}`);
}

/** Removes what crashes left: the work folders of processes that are no more. Another user's stay, if the system says so. */
export async function removeLeftFolders(temporary = tmpdir()): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  await Promise.all(
    names
      .filter(isLeft)
      .map((name) => rm(join(temporary, name), { recursive: true, force: true }).catch(() => undefined)),
  );
}

function isLeft(name: string): boolean {
  const [, pid, birth = ""] = NAME.exec(name) ?? [];
  return pid !== undefined && !isAlive(Number(pid), birth);
}
