import { formatNumber, formatShare } from "../../src/core/format.ts";
import type { Run } from "../../src/core/run/run.ts";
import {
  chanceBetween,
  fastestPair,
  LEAST_CHANCE,
  paceOf,
  paceWords,
  ratioOf,
  variantName,
} from "../../src/core/variants/variantWords.ts";
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
  const line = add(section, "p", "headline-words");
  const chance = chanceBetween(fastest, other);
  const isClear = paceOf(fastest.stagesMs, other.stagesMs, chance) === "faster";
  line.append("span").text(isClear ? "faster: " : "no clear difference: ");
  add(line, "b", "", variantName(fastest));
  line.append("span").text(isClear ? " than " : " and ");
  add(line, "b", "", variantName(other));
  if (different) {
    const than = `${paceWords(different.stagesMs, other.stagesMs, chanceBetween(different, other))} than ${variantName(other)}`;
    add(section, "p", "quiet", `${variantName(different)} is ${than}, but sounds different.`);
  }
  const reason =
    chance > LEAST_CHANCE ? ", because stages whose code is the same in both came that far apart" : "";
  const words = `a difference below ${formatShare(chance)} is taken for chance${reason}`;
  add(section, "p", "quiet", `One run each: ${words}.`);
}
