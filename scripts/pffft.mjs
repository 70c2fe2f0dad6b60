// Takes over pffft's WebAssembly from its package.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
/** A section of names that holds only the module's (WebAssembly core specification, appendix "Name Section"). */
const NAME_SECTION = named(0, "name", named(0, "pffft"));
/** What pffft's own data and its stack take; more is asked for as it is needed. */
const PAGES = 4;

/**
 * Writes pffft.wasm into the folder, with a memory that begins small: the 16 MB that it would begin with count for the
 * collector, which would run with every few transforms made.
 * @throws Error where the package has become another one
 */
export async function copyPffft(folder) {
  const bytes = await readFile(join(dirname(require.resolve("@echogarden/pffft-wasm/simd")), "pffft.wasm"));
  const at = sectionStart(bytes, MEMORY_SECTION);
  // One memory with a most, whose least takes two bytes.
  if (bytes[at] !== 1 || bytes[at + 1] !== 1 || bytes[at + 2] < 0x80 || bytes[at + 3] >= 0x80)
    throw new Error("pffft.wasm declares its memory in another way: look at it, and mend scripts/pffft.mjs.");
  bytes.set([0x80 | PAGES, 0], at + 2);
  // Its functions have none, but a profile can at least say whose they are.
  await writeFile(join(folder, "pffft.wasm"), Buffer.concat([bytes, NAME_SECTION]));
}

/** A number, a length, and a name with what follows it; all of it shorter than 128 bytes. */
function named(id, name, rest = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.of(name.length), Buffer.from(name), rest]);
  return Buffer.concat([Buffer.of(id, body.length), body]);
}

/** Sections are a number, a length, and so many bytes (WebAssembly core specification, 5.5.2). */
function sectionStart(bytes, wanted) {
  let at = HEADER_BYTES;
  while (at < bytes.length) {
    const section = bytes[at];
    const length = numberAt(bytes, at + 1);
    if (section === wanted) return length.end;
    at = length.end + length.value;
  }
  throw new Error("pffft.wasm has no memory of its own: look at it, and mend scripts/pffft.mjs.");
}

/** Seven bits a byte, the lowest first, as long as the eighth is set. */
function numberAt(bytes, start) {
  let value = 0;
  let end = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[end];
    end += 1;
    value += (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end };
  }
}
