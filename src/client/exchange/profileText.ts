import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { formatBytes } from "../../core/format.ts";

/** What JavaScript holds in one text. */
const MOST_BYTES = 500 * 2 ** 20;

/** A profile's file, as it was read. */
export interface ProfileText {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** When it was written. */
  readonly time: Date;
}

/**
 * Unpacked where it is packed with gzip; UTF-8, or UTF-16 as a shell of Windows redirects it.
 *
 * @throws Error with a sentence
 */
export async function profileText(path: string): Promise<ProfileText> {
  const file = await stat(path).catch(() => null);
  if (!file) throw new Error(`${path} doesn't exist: check its name.`);
  if (!file.isFile()) throw new Error(`${path} is a folder: name the profile's file.`);
  if (file.size > MOST_BYTES) throw tooBig(path);
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new Error(`${path} can't be read (${code}): check who may read it.`, { cause: error });
  });
  const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpack(path, bytes) : bytes;
  const isUtf16 = unpacked[0] === 0xff && unpacked[1] === 0xfe;
  return { text: new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(unpacked), bytes, time: file.mtime };
}

async function unpack(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE")
      throw tooBig(path);
    throw new Error(`${path} is packed with gzip and damaged: save it again.`, { cause: error });
  }
}

const tooBig = (path: string): Error =>
  new Error(
    `${path} holds more than ${formatBytes(MOST_BYTES)}: record a shorter time, or sample less often.`,
  );
