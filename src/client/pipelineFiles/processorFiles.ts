import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import jsTokens from "js-tokens";
import pMap from "p-map";

/** What a workspace's largest hand-written files stay below; bundles above it are named with --pipeline. */
const MOST_BYTES = 1_000_000;
/** Read at most, in all: a cold disk gives that in about a second. */
const MOST_BYTES_IN_ALL = 64_000_000;
const MOST_FILES = 5000;
const READS_AT_ONCE = 16;

const SCRIPT = /(?<!\.d)\.m?[jt]s$/;
const NAME = "registerProcessor";

interface Known {
  readonly mtimeMs: number;
  readonly size: number;
  readonly registers: boolean;
}

/** Tells AudioWorklets' files by their text, without running them; remembers what it read until it changes. */
export class ProcessorFiles {
  readonly #known = new Map<string, Known>();

  /**
   * @param paths relative to the folder, with `/`
   * @returns those of them that call `registerProcessor`, in the given order
   */
  async among(folder: string, paths: readonly string[]): Promise<readonly string[]> {
    const scripts = paths.filter((path) => SCRIPT.test(path)).sort((a, b) => rank(a) - rank(b));
    let left = MOST_BYTES_IN_ALL;
    const found = await pMap(
      scripts.slice(0, MOST_FILES),
      async (path) => {
        const full = join(folder, path);
        const facts = await stat(full).catch(() => null);
        if (!facts || facts.size > MOST_BYTES || left <= 0) return null;
        const known = this.#known.get(full);
        if (known?.mtimeMs === facts.mtimeMs && known.size === facts.size)
          return known.registers ? path : null;
        left -= facts.size;
        const registers = await registersProcessorIn(full, facts.size);
        this.#known.set(full, { mtimeMs: facts.mtimeMs, size: facts.size, registers });
        return registers ? path : null;
      },
      { concurrency: READS_AT_ONCE },
    );
    const all = new Set(found.filter((path) => path !== null));
    return paths.filter((path) => all.has(path));
  }
}

/** Those that say in their name what they are come first, then those near the top: a limit meets the others. */
function rank(path: string): number {
  const depth = path.split("/").length;
  return /worklet|processor/i.test(path) ? depth : depth + 1000;
}

async function registersProcessorIn(path: string, size: number): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    // Nearly all files end here, without becoming text.
    if (!bytes.includes(NAME)) return false;
    return callsRegisterProcessor(bytes.toString("utf8", 0, bytesRead));
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/** A call, not a word in a comment or a text, nor a declaration; a pipeline may hold one and is none. */
export function callsRegisterProcessor(text: string): boolean {
  const tokens = Array.from(jsTokens(text)).filter(
    ({ type }) => type !== "WhiteSpace" && type !== "LineTerminatorSequence" && !type.endsWith("Comment"),
  );
  const at = (index: number): string => tokens[index]?.value ?? "";
  const isCall = (_: unknown, index: number): boolean =>
    at(index) === NAME &&
    at(index + 1) === "(" &&
    at(index - 1) !== "function" &&
    (at(index - 1) !== "." || at(index - 2) === "globalThis");
  const isPipeline = tokens.some(
    ({ value }, index) => value === "from" && /^["']waveflame["']$/.test(at(index + 1)),
  );
  return !isPipeline && tokens.some(isCall);
}
