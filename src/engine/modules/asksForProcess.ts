import { parse } from "acorn";
import { simple } from "acorn-walk";

/**
 * Whether a pipeline's text says `isolation: "process"`. Read before it is loaded: native code that fails in threads may
 * take the engine with it.
 */
export function asksForProcess(text: string): boolean {
  if (!text.includes("isolation")) return false;
  let asks = false;
  simple(parse(text, { ecmaVersion: "latest", sourceType: "module", allowReturnOutsideFunction: true }), {
    Property({ key, value }) {
      const named = key.type === "Identifier" ? key.name : key.type === "Literal" ? key.value : undefined;
      asks ||= named === "isolation" && value.type === "Literal" && value.value === "process";
    },
  });
  return asks;
}
