import { constants } from "node:fs";

/** A path as text; undefined for what Node will refuse. */
export function pathOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof URL) return value.protocol === "file:" ? value.href : undefined;
  return Buffer.isBuffer(value) ? value.toString() : undefined;
}

const { O_RDWR, O_WRONLY, O_APPEND } = constants;

/** Flags as they are written, of numbers the words for them. */
export function modeOf(flags: unknown, initial: string): string {
  if (typeof flags === "string") return flags;
  if (typeof flags !== "number") return initial;
  if (flags & O_APPEND) return flags & O_RDWR ? "a+" : "a";
  return flags & O_RDWR ? "r+" : flags & O_WRONLY ? "w" : "r";
}

/** Of `{ flag, encoding }`, which may be an encoding alone. */
export function optionOf(options: unknown, name: "flag" | "encoding"): unknown {
  if (typeof options === "object" && options !== null) return (options as Record<string, unknown>)[name];
  return name === "encoding" ? options : undefined;
}

/** Of what is read or written; 0 for streams and iterables, whose length nobody knows. */
export function bytesOf(data: unknown, encoding: unknown): number {
  if (typeof data === "string")
    return Buffer.byteLength(data, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8");
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
