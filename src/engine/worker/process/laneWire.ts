import type { Duplex } from "node:stream";
import { deserialize, serialize } from "node:v8";
import type { Message } from "../../../protocol/channel.ts";
import type { Bytes, Milliseconds } from "../../../core/units.ts";
import type { PreparedSource } from "../../modules/sourceService.ts";

/** From the engine to a lane in a process of its own. */
export type ToLane =
  | { readonly kind: "job"; readonly message: Message }
  | { readonly kind: "source"; readonly prepared: PreparedSource }
  | { readonly kind: "raise"; readonly word: number }
  | { readonly kind: "where" };

/** From such a lane to the engine. */
export type FromLane =
  | { readonly kind: "job"; readonly message: Message }
  | { readonly kind: "source"; readonly url: string }
  | {
      readonly kind: "board";
      readonly words: Int32Array;
      readonly resident: Bytes;
      readonly cpuMs: Milliseconds;
    }
  /** Of the lane's thread, as V8 numbers lines, from 1; innermost first. */
  | { readonly kind: "where"; readonly frames: readonly { readonly name: string; readonly line: number }[] }
  /** An error outside of any call. */
  | { readonly kind: "threw"; readonly message: string; readonly stack: string };

const LENGTH_BYTES = 4;

/** Messages over a stream of bytes: each is its length and its structured clone. */
export class LaneWire<In, Out> {
  readonly #stream: Duplex;

  constructor(stream: Duplex, receive: (message: In) => void) {
    this.#stream = stream;
    let parts: Buffer[] = [];
    let held = 0;
    let wanted = LENGTH_BYTES;
    let isLength = true;
    stream.on("data", (bytes: Buffer) => {
      parts.push(bytes);
      held += bytes.length;
      while (held >= wanted) {
        const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, held);
        const one = all.subarray(0, wanted);
        parts = [all.subarray(wanted)];
        held -= wanted;
        if (isLength) wanted = one.readUInt32LE();
        // Copied, so that its arrays are aligned and hold nothing else.
        else receive(deserialize(Buffer.from(new Uint8Array(one).buffer)) as In);
        if (!isLength) wanted = LENGTH_BYTES;
        isLength = !isLength;
      }
    });
  }

  send(message: Out): void {
    const bytes = serialize(message);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(bytes.length);
    this.#stream.write(length);
    this.#stream.write(bytes);
  }
}
