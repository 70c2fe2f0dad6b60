import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export const PAGE_BYTES = 65536;

// Node has it; the types of Node's don't.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const compiled = new Map<string, object>();

/**
 * A new instance of a module that lies beside the bundled library, compiled at the first call.
 * @returns what it exports
 * @throws Error where this runtime has no WebAssembly, or not what the module needs of it
 */
export function instantiate(file: string, imports: object = {}): unknown {
  let module = compiled.get(file);
  if (module === undefined) {
    module = new WebAssembly.Module(readFileSync(join(import.meta.dirname, file)));
    compiled.set(file, module);
  }
  return new WebAssembly.Instance(module, imports).exports;
}

/** Forgets what is compiled: the next instance compiles its module anew. */
export const dropCompiled = (): void => compiled.clear();
