/** The editor's colours as a canvas needs them, and word of their change. */
export interface Theme {
  /** The colour that a CSS expression gives now: `var(--quiet)`. */
  readonly colour: (expression: string) => string;
  readonly highContrast: () => boolean;
  onChange(until: AbortSignal, changed: () => void): void;
}

export function watchTheme(page: Document): Theme {
  const probe = page.createElement("span");
  probe.className = "colour-probe";
  probe.setAttribute("aria-hidden", "true");
  page.body.append(probe);
  const listeners = new Set<() => void>();
  const observer = new MutationObserver(() => {
    for (const changed of listeners) changed();
  });
  // The editor writes its variables into the root's style and its kind of theme into the body's class.
  observer.observe(page.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(page.body, { attributes: true, attributeFilter: ["class"] });

  return {
    colour: (expression) => {
      probe.style.color = "";
      probe.style.color = expression;
      return getComputedStyle(probe).color;
    },
    highContrast: () => /\bvscode-high-contrast/.test(page.body.className),
    onChange: (until, changed) => {
      listeners.add(changed);
      until.addEventListener("abort", () => listeners.delete(changed));
    },
  };
}
