import { open } from "node:fs/promises";

/** Whether a file begins with one of these texts, without reading the rest of it. @throws what the system does */
export async function beginsWith(path: string, beginnings: readonly string[]): Promise<boolean> {
  const wanted = beginnings.map((beginning) => Buffer.from(beginning));
  const length = Math.max(0, ...wanted.map((bytes) => bytes.length));
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return wanted.some(
      (bytes) => bytesRead >= bytes.length && buffer.subarray(0, bytes.length).equals(bytes),
    );
  } finally {
    await file.close();
  }
}
