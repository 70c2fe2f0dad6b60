import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** Of the file's bytes, in hexadecimal. @throws the signal's reason */
export async function sha256OfFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) {
    signal.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest("hex");
}
