import { NO_THRESHOLDS } from "../../src/core/alerts/thresholds.ts";
import type { Run } from "../../src/core/run/run.ts";
import type { PanelContent, PanelPlace, PanelSettings, PanelView } from "../../src/protocol/panel.ts";
import { drawBottlenecks } from "../bottlenecks/bottlenecks.ts";
import { drawFlame } from "../flame/flame.ts";
import { drawOverview } from "../overview/overview.ts";
import { add, partOf } from "../parts/dom.ts";
import { addTexturePatterns } from "../theme/textures.ts";
import type { Theme } from "../theme/theme.ts";
import { drawTuning } from "../tuning/tuning.ts";
import { drawVariants } from "../variants/variants.ts";
import type { DrawView } from "../view.ts";
import type { Editor } from "./editor.ts";
import { drawHeader } from "./header.ts";
import { drawFailure, drawMessage } from "./message.ts";
import { drawTabs } from "./tabs.ts";

interface PageView {
  readonly title: string;
  readonly draw: DrawView;
  /** Always, where it isn't said. */
  readonly isOffered?: (run: Run) => boolean;
}

const VIEWS: Readonly<Record<PanelView, PageView>> = {
  overview: { title: "Overview", draw: drawOverview },
  flame: { title: "Flame graph", draw: drawFlame },
  bottlenecks: { title: "Bottlenecks", draw: drawBottlenecks },
  variants: { title: "Variants", draw: drawVariants, isOffered: ({ variants }) => variants.length > 0 },
  tuning: { title: "Tuning", draw: drawTuning, isOffered: ({ imported }) => imported === null },
};

const INITIAL: PanelSettings = { sortBy: "time", thresholds: NO_THRESHOLDS };

const isOffered = (view: PanelView, run: Run): boolean => VIEWS[view].isOffered?.(run) ?? true;

export interface Page {
  readonly show: (content: PanelContent) => void;
  readonly reveal: (place: PanelPlace) => void;
}

type Shown = PanelContent & { readonly kind: "run" };

export function drawPage(app: HTMLElement, theme: Theme, editor: Editor): Page {
  let shown: Shown | undefined;
  let drawing = new AbortController();

  function show(content: PanelContent): void {
    drawing.abort();
    app.replaceChildren();
    shown = content.kind === "run" ? content : undefined;
    if (content.kind === "missing") {
      drawMessage(partOf(app), "No run to show", content.text);
      return;
    }
    try {
      drawRun(content);
    } catch (error) {
      shown = undefined;
      app.replaceChildren();
      drawFailure(partOf(app), error, () => editor.runAgain());
    }
  }

  function drawRun(content: Shown): void {
    const page = add(partOf(app), "div", "page");
    addTexturePatterns(page, content.run.stages.length);
    drawHeader(page, content.run, editor);
    if (isEmpty(content.run)) {
      drawMessage(page, "Nothing was measured", emptyWords(content.run));
      return;
    }
    const titles = Object.entries(VIEWS)
      .map(([view, { title }]) => ({ view: view as PanelView, title }))
      .filter(({ view }) => isOffered(view, content.run));
    const tabs = drawTabs(page, titles, (view) => go({ view }));
    const host = add(add(page, "main"), "div", "view").attr("id", "view");
    host.attr("tabindex", "-1").attr("role", "tabpanel");

    function go(place: PanelPlace): void {
      editor.moved(place);
      showPlace(place);
      // What had the focus may be gone with its view.
      if (document.activeElement === document.body) host.node()?.focus();
    }

    function showPlace(wanted: PanelPlace): void {
      const place: PanelPlace = isOffered(wanted.view, content.run) ? wanted : { view: "overview" };
      drawing.abort();
      drawing = new AbortController();
      shown = { ...content, place };
      tabs.select(place.view);
      host.attr("aria-labelledby", `tab-${place.view}`).attr("class", `view ${place.view}`);
      host.node()?.replaceChildren();
      try {
        drawView(place);
      } catch (error) {
        // The other views may still be there to see.
        drawing.abort();
        host.node()?.replaceChildren();
        drawFailure(host, error, () => editor.runAgain());
      }
    }

    function drawView(place: PanelPlace): void {
      VIEWS[place.view].draw(host, {
        run: content.run,
        place,
        codeAt: (file, line) => content.code?.[`${file}:${line}`] ?? "",
        settings: content.settings ?? INITIAL,
        theme,
        until: drawing.signal,
        openSource: (source) => editor.openSource(source),
        remember: (next) => editor.moved(next),
        go,
      });
    }
    showPlace(content.place);
    revealPlace = showPlace;
  }

  let revealPlace: (place: PanelPlace) => void = () => undefined;
  return {
    show,
    reveal: (place) => {
      if (shown) revealPlace(place);
    },
  };
}

function isEmpty(run: Run): boolean {
  return run.stages.length === 0 || run.totals.stagesMs <= 0;
}

function emptyWords(run: Run): string {
  return run.state === "cancelled"
    ? "The run was cancelled before the first block was through. Choose Run again to measure it."
    : "No stage took any time: the recording may hold no frames. Choose another recording, or Run again.";
}
