import type { PanelView } from "../../src/protocol/panel.ts";
import { add } from "../parts/dom.ts";
import type { Part } from "../parts/dom.ts";

export interface Tabs {
  select(view: PanelView): void;
}

interface Tab {
  readonly view: PanelView;
  readonly title: string;
}

/** A row of tabs, and one select that stands in for it where the panel is narrow; the style sheet shows one of them. */
export function drawTabs(page: Part, tabs: readonly Tab[], chosen: (view: PanelView) => void): Tabs {
  const row = add(page, "nav", "tab-row").attr("aria-label", "Views of this run");
  const list = add(row, "div", "tabs").attr("role", "tablist");
  const buttons = tabs.map(({ view, title }) =>
    add(list, "button", "tab", title)
      .attr("type", "button")
      .attr("role", "tab")
      .attr("id", `tab-${view}`)
      .attr("aria-controls", "view")
      .on("click", () => chosen(view)),
  );
  list.on("keydown", (event: KeyboardEvent) => {
    const from = tabs.findIndex(({ view }) => document.activeElement?.id === `tab-${view}`);
    const to = nextTab(event.key, from, tabs.length);
    const tab = tabs[to];
    if (from < 0 || !tab) return;
    event.preventDefault();
    chosen(tab.view);
    buttons[to]?.node()?.focus();
  });
  const narrow = add(row, "select", "tab-select").attr("aria-label", "View");
  for (const { view, title } of tabs) add(narrow, "option", "", title).attr("value", view);
  narrow.on("change", () => chosen(narrow.property("value") as PanelView));

  return {
    select: (view) => {
      tabs.forEach((tab, index) => {
        const selected = tab.view === view;
        buttons[index]?.attr("aria-selected", String(selected)).attr("tabindex", selected ? "0" : "-1");
      });
      narrow.property("value", view);
    },
  };
}

function nextTab(key: string, from: number, count: number): number {
  if (key === "ArrowRight") return (from + 1) % count;
  if (key === "ArrowLeft") return (from + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return -1;
}
