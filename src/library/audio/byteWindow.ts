import type { FileHandle } from "node:fs/promises";
import { bytesAt } from "./bytes.ts";

const READ_BYTES = 2 ** 17;

/** A stretch of a file that moves forward through it: parsers look at some bytes, then leave them behind. */
export class ByteWindow {
  readonly #file: FileHandle;
  readonly #end: number;
  #bytes: Uint8Array = new Uint8Array();
  /** Where in `#bytes` the window begins. */
  #from = 0;
  /** Where in the file what is read next lies. */
  #readAt: number;

  /** @param end where the file, or what matters of it, ends */
  constructor(file: FileHandle, start: number, end: number) {
    this.#file = file;
    this.#readAt = start;
    this.#end = end;
  }

  /** Of the window's first byte, in the file. */
  get position(): number {
    return this.#readAt - this.length;
  }

  get length(): number {
    return this.#bytes.length - this.#from;
  }

  /** All bytes at hand; valid until the next `need`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(this.#from);
  }

  /** Reads until so many bytes are at hand. @returns false where the file has fewer; all of them are at hand then */
  async need(count: number): Promise<boolean> {
    while (this.length < count && this.#readAt < this.#end) {
      const wanted = Math.min(Math.max(READ_BYTES, count - this.length), this.#end - this.#readAt);
      const read = await bytesAt(this.#file, this.#readAt, wanted);
      if (read.length === 0) break;
      const joined = new Uint8Array(this.length + read.length);
      joined.set(this.bytes);
      joined.set(read, this.length);
      this.#bytes = joined;
      this.#from = 0;
      this.#readAt += read.length;
    }
    return this.length >= count;
  }

  /** Leaves some of the bytes at hand behind. */
  skip(count: number): void {
    this.#from += Math.min(count, this.length);
  }

  /** Leaves bytes behind, also those that aren't at hand yet. */
  async pass(count: number): Promise<void> {
    for (let left = count; left > 0 && (await this.need(1));) {
      const now = Math.min(left, this.length);
      this.skip(now);
      left -= now;
    }
  }
}
