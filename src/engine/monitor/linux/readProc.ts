import { readFileSync } from "../../ownFiles.ts";

/** A file of the system's; null where it isn't there, or its process is gone. These aren't on any disk: reading takes microseconds. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return null;
  }
}
