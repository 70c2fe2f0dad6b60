import { canvasTexture, stageColour } from "../theme/textures.ts";
import type { Theme } from "../theme/theme.ts";

export interface StageInk {
  readonly line: string;
  /** Behind the stage's own box, its functions, its source lines. */
  readonly fill: string;
  readonly body: string;
  readonly leaf: string;
  readonly texture: CanvasPattern | null;
}

/** All that the canvas draws with, as the theme gives it now. */
export interface Inks {
  readonly text: string;
  readonly quiet: string;
  readonly page: string;
  readonly rule: string;
  readonly focus: string;
  readonly run: string;
  readonly stages: readonly StageInk[];
  readonly outlined: boolean;
}

export function mixInks(
  theme: Theme,
  context: CanvasRenderingContext2D,
  stages: number,
  pixelRatio: number,
): Inks {
  const colour = theme.colour;
  const mix = (stage: number, part: string) =>
    colour(`color-mix(in srgb, var(${stageColour(stage)}) var(${part}), var(--page))`);
  return {
    text: colour("var(--text)"),
    quiet: colour("var(--quiet)"),
    page: colour("var(--page)"),
    rule: colour("var(--rule)"),
    focus: colour("var(--focus)"),
    run: colour("var(--ground)"),
    outlined: theme.highContrast(),
    stages: Array.from({ length: stages }, (_, stage) => {
      const line = colour(`var(${stageColour(stage)})`);
      return {
        line,
        fill: mix(stage, "--stage-fill"),
        body: mix(stage, "--body-fill"),
        leaf: mix(stage, "--leaf-fill"),
        texture: canvasTexture(context, stage, line, pixelRatio),
      };
    }),
  };
}
