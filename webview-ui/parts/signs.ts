import type { Milliseconds, Share } from "../../src/core/units.ts";
import { paceOf, paceWords, type Pace } from "../../src/core/variants/variantWords.ts";
import type { SoundVerdict } from "../../src/core/variants/variants.ts";
import { add } from "./dom.ts";
import type { Part } from "./dom.ts";

const PACES: Readonly<Record<Pace, string>> = {
  faster: "M1.5 3.5H12.5L7 11.5Z",
  slower: "M1.5 10.5H12.5L7 2.5Z",
  alike: "M7 3a4 4 0 1 0 0 8a4 4 0 1 0 0-8Z",
};

const VERDICTS: Readonly<Record<SoundVerdict, string>> = {
  identical: "M2 4.5H12M2 9.5H12",
  same: "M2 5.5Q4.5 2 7 4.5T12 3.5M2 10.5Q4.5 7 7 9.5T12 8.5",
  differs: "M2 4.5H12M2 9.5H12M9.5 1.5L4.5 12.5",
};

/** `▼ 4.31× faster` */
export function addPace(parent: Part, ms: Milliseconds, otherMs: Milliseconds, chance?: Share): void {
  const pace = paceOf(ms, otherMs, chance);
  addSigned(parent, `pace-sign ${pace}`, PACES[pace], paceWords(ms, otherMs, chance));
}

/** `≈ same`, or other words beside the verdict's sign. */
export function addVerdict(parent: Part, verdict: SoundVerdict, words: string = verdict): void {
  addSigned(parent, `sound-sign ${verdict}`, VERDICTS[verdict], words);
}

/** A sign is never without its word, so it isn't read aloud. */
function addSigned(parent: Part, className: string, path: string, words: string): void {
  const place = add(parent, "span", "signed");
  addSign(place, className, path);
  add(place, "span", "", words);
}

function addSign(parent: Part, className: string, path: string): void {
  parent
    .append("svg")
    .attr("class", `sign-place ${className}`)
    .attr("viewBox", "0 0 14 14")
    .attr("aria-hidden", "true")
    .append("path")
    .attr("d", path);
}
