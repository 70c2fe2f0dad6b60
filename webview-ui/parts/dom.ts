import { select } from "d3-selection";
import type { Selection } from "d3-selection";

/** One element of the page, as D3 holds it. Text goes in by `.text()` only, never as HTML. */
export type Part<E extends Element = HTMLElement> = Selection<E, unknown, null, undefined>;

export function add(parent: Part, tag: keyof HTMLElementTagNameMap, className = "", text?: string): Part {
  const part = parent.append<HTMLElement>(tag);
  if (className !== "") part.attr("class", className);
  if (text !== undefined) part.text(text);
  return part;
}

/** A button that does something here, as opposed to a link to a source line. */
export function addButton(parent: Part, className: string, text: string, press: () => void): Part {
  return add(parent, "button", className, text).attr("type", "button").on("click", press);
}

/** A section with its title, the words beside it, and a body to fill. */
export function addSection(parent: Part, className: string, title: string, beside = ""): Part {
  const section = add(parent, "section", className);
  const heading = add(section, "header", "section-title");
  const id = `title-${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  section.attr("aria-labelledby", id);
  add(heading, "h2", "", title).attr("id", id);
  if (beside !== "") add(heading, "span", "quiet", beside);
  return section;
}

export function partOf<E extends Element>(element: E): Part<E> {
  return select<E, unknown>(element);
}

/** Calls `draw` with the width of `element` in CSS pixels, now and whenever it changes, until `until` is aborted. */
export function onWidth(element: Element, until: AbortSignal, draw: (width: number) => void): void {
  let last = -1;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === last || width === 0) return;
    last = width;
    draw(width);
  });
  observer.observe(element);
  until.addEventListener("abort", () => observer.disconnect());
}
