import type { Run } from "../../src/core/run/run.ts";
import type { ResultsComparison, SoundVerdict } from "../../src/core/variants/variants.ts";
import { resultsWords, variantName } from "../../src/core/variants/variantWords.ts";
import { add, addSection } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addVerdict } from "../parts/signs.ts";

/** Less is the rounding of 32-bit numbers along the way. */
const ROUNDING = 1e-5;

/** What each variant emitted, beside what the one as written did. */
export function drawResults(host: Part, { variants }: Run): void {
  const section = addSection(host, "variant-results", "Results", "the numbers that stages emitted");
  const list = add(section, "dl", "result-list");
  for (const variant of variants) {
    if (variant.name === null) continue;
    add(list, "dt", "", variantName(variant));
    const value = add(list, "dd");
    const words = resultsWords(variant.results);
    const { numbers, different } = variant.results;
    if (numbers > 0 || different !== null) addVerdict(value, signOf(variant.results), words);
    else value.text(words);
  }
}

function signOf({ different, largestDifference }: ResultsComparison): SoundVerdict {
  if (different !== null || largestDifference >= ROUNDING) return "differs";
  return largestDifference === 0 ? "identical" : "same";
}
