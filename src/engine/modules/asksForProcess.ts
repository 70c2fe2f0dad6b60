import { parse, type Program } from "acorn";
import { simple } from "acorn-walk";

/**
 * Whether a pipeline's text says `isolation: "process"`. Read before it is loaded: native code that fails in threads may
 * take the engine with it.
 */
export function asksForProcess(text: string): boolean {
  const program = text.includes("isolation") ? programOf(text) : undefined;
  if (!program) return false;
  let asks = false;
  simple(program, {
    Property({ key, value }) {
      const named = key.type === "Identifier" ? key.name : key.type === "Literal" ? key.value : undefined;
      asks ||= named === "isolation" && value.type === "Literal" && value.value === "process";
    },
  });
  return asks;
}

/** Undefined for what is neither a module nor a script: loading it says so. */
function programOf(text: string): Program | undefined {
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parse(text, { ecmaVersion: "latest", sourceType, allowReturnOutsideFunction: true });
    } catch {
      continue;
    }
  }
  return undefined;
}
