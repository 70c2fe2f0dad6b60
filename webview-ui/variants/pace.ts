import { formatNumber, formatShare } from "../../src/core/format.ts";
import type { Run } from "../../src/core/run.ts";
import { CHANCE, fastestPair, paceOf, paceWords, ratioOf, variantName } from "../../src/core/variantWords.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

/** The one big figure of the page: by how much the fastest variant that sounds the same is faster. */
export function drawPace(host: Part, { variants }: Run): void {
  const pair = fastestPair(variants);
  if (!pair) return;
  const { fastest, other, different } = pair;
  const section = add(host, "section", "speed").attr("aria-label", "Speed");
  const headline = add(section, "p", "headline");
  add(headline, "span", "figure", formatNumber(ratioOf(fastest.stagesMs, other.stagesMs)));
  add(headline, "span", "times", "×");
  const words = add(section, "p", "headline-words");
  const isClear = paceOf(fastest.stagesMs, other.stagesMs) === "faster";
  words.append("span").text(isClear ? "faster: " : "no clear difference: ");
  add(words, "b", "", variantName(fastest));
  words.append("span").text(isClear ? " than " : " and ");
  add(words, "b", "", variantName(other));
  if (different) {
    const than = `${paceWords(different.stagesMs, other.stagesMs)} than ${variantName(other)}`;
    add(section, "p", "quiet", `${variantName(different)} is ${than}, but sounds different.`);
  }
  add(section, "p", "quiet", `One run each: a difference below ${formatShare(CHANCE)} is taken for chance.`);
}
