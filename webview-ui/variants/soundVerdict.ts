import type { Run } from "../../src/core/run/run.ts";
import { summarizeSound } from "../../src/core/variants/soundSummary.ts";
import { summarizeResults } from "../../src/core/variants/variantWords.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";
import { addIcon } from "../parts/icon.ts";

/** Whether all variants sound and compute the same, in words. */
export function drawSoundVerdict(host: Part, { variants }: Run): void {
  const { verdict, title, words } = summarizeSound(variants);
  const section = add(host, "section", "sound-verdict").attr("aria-label", "Sound in short");
  const heading = add(section, "h2", "verdict with-icon");
  addIcon(heading, verdict === null ? "information" : verdict === "differs" ? "error" : "good");
  add(heading, "span", "", title);
  add(section, "p", "quiet", words);
  add(section, "p", "quiet", summarizeResults(variants));
}
