import { nameInRun } from "../../src/core/names/fileNames.ts";
import type { View } from "../view.ts";
import { add } from "./dom.ts";
import type { Part } from "./dom.ts";
import { addPath } from "./path.ts";

/** `biquad.ts:31`; opens that line in the editor. The whole path is what a pointer's rest and a screen reader get. */
export function addSourceLink(
  parent: Part,
  view: View,
  place: { readonly file: string; readonly line: number },
): Part {
  const link = add(parent, "button", "source-link")
    .attr("type", "button")
    .attr("title", `${place.file}:${place.line}`)
    .attr("aria-label", `Open ${place.file}:${place.line}`)
    .on("click", () => view.openSource(place));
  addPath(link, `${nameInRun(view.run, place.file)}:${place.line}`);
  return link;
}
