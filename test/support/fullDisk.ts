import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** Lets every file that is opened meanwhile take so many bytes, then fail as a full disk does. */
export async function onFullDisk<T>(room: number, work: () => Promise<T>): Promise<T> {
  const { open } = fs;
  fs.open = async (...parameters) => {
    const file = await open(...parameters);
    const write = file.write.bind(file) as (...given: unknown[]) => Promise<{ bytesWritten: number }>;
    let written = 0;
    const limited = async (...given: unknown[]): Promise<{ bytesWritten: number }> => {
      if (written >= room)
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      const result = await write(...given);
      written += result.bytesWritten;
      return result;
    };
    return Object.assign(file, { write: limited });
  };
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    fs.open = open;
    syncBuiltinESMExports();
  }
}
