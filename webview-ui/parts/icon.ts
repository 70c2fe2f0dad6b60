import type { Severity } from "../../src/core/run/run.ts";
import { add } from "./dom.ts";
import type { Part } from "./dom.ts";

type Icon = Severity | "good";

const SHAPES: Readonly<
  Record<Icon, { readonly body: string; readonly sign: string; readonly word: string }>
> = {
  good: { body: "M8 0a8 8 0 1 0 0 16a8 8 0 1 0 0-16", sign: "M4.5 8.3L7 10.8L11.5 5.6", word: "Good" },
  error: {
    body: "M8 0a8 8 0 1 0 0 16a8 8 0 1 0 0-16",
    sign: "M5.2 5.2L10.8 10.8M10.8 5.2L5.2 10.8",
    word: "Error",
  },
  warning: { body: "M8 0.6L16 15H0Z", sign: "M8 5.4V10M8 11.8V13.2", word: "Warning" },
  information: { body: "M8 0a8 8 0 1 0 0 16a8 8 0 1 0 0-16", sign: "M8 7V12M8 3.8V5.2", word: "Note" },
};

/** A sign with its own shape, and its word for those who don't see it. */
export function addIcon(parent: Part, icon: Icon): void {
  const { body, sign, word } = SHAPES[icon];
  const svg = parent
    .append("svg")
    .attr("class", `icon ${icon}`)
    .attr("viewBox", "0 0 16 16")
    .attr("role", "img")
    .attr("aria-label", word);
  svg.append("path").attr("d", body).attr("class", "body");
  svg.append("path").attr("d", sign).attr("class", "sign");
}

/** A square in a stage's colour and texture. */
export function addSwatch(parent: Part, paint: string, colour: string): void {
  add(parent, "span", "swatch-place")
    .append("svg")
    .attr("class", "swatch")
    .attr("viewBox", "0 0 14 14")
    .attr("aria-hidden", "true")
    .append("rect")
    .attr("x", 0.75)
    .attr("y", 0.75)
    .attr("width", 12.5)
    .attr("height", 12.5)
    .attr("rx", 2)
    .style("fill", paint)
    .style("stroke", colour);
}
