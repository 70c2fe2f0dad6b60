import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf } from "../messageOf.ts";

/** The packages that bring a decoder in WebAssembly. */
export type DecoderName = "mp3" | "flac" | "vorbis" | "opus";

/** What every one of them exports of its memory. */
export interface WasmMemory {
  readonly HEAP: ArrayBuffer;
  malloc(bytes: number): number;
  free(pointer: number): void;
}

interface DecoderPackage<Functions> {
  readonly WASMAudioDecoderCommon: new () => {
    instantiate(glue: unknown): Promise<{ readonly wasm: WasmMemory & Functions }>;
  };
  readonly EmscriptenWasm: unknown;
}

/** A decoder that can't be loaded on this machine. */
export class NoDecoder extends Error {
  override readonly name = "NoDecoder";
}

/** A new instance of a decoder, with memory of its own. The package is loaded when the first one is wanted. @throws NoDecoder */
export async function instantiate<Functions>(name: DecoderName): Promise<WasmMemory & Functions> {
  try {
    const url = pathToFileURL(join(decodersFolder(), `${name}.mjs`)).href;
    const { WASMAudioDecoderCommon, EmscriptenWasm } = (await import(url)) as DecoderPackage<Functions>;
    return (await new WASMAudioDecoderCommon().instantiate(EmscriptenWasm)).wasm;
  } catch (error) {
    throw new NoDecoder(messageOf(error));
  }
}

/** Beside the library's bundle; the engine's bundle lies one folder further. */
function decodersFolder(): string {
  const here = import.meta.dirname;
  return import.meta.filename.endsWith(".ts")
    ? join(here, "..", "..", "..", "..", "dist", "library", "decoders")
    : join(here, "..", "library", "decoders");
}
