import type { Part } from "../parts/dom.ts";

/**
 * Stages differ by colour and by texture. One tile per texture, `SIZE` pixels square, drawn by the same path in SVG
 * and on the canvas. The first has none.
 */
interface Texture {
  readonly path: string;
  readonly filled: boolean;
}

const SIZE = 8;
const TEXTURES: readonly Texture[] = [
  { path: "", filled: false },
  { path: "M-2 2L2 -2M0 8L8 0M6 10L10 6", filled: false },
  {
    path: "M2 2m-1.1 0a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0M6 6m-1.1 0a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0",
    filled: true,
  },
  { path: "M4 0V8", filled: false },
  { path: "M-2 6L2 10M0 0L8 8M6 -2L10 2", filled: false },
  { path: "M0 4H8", filled: false },
  { path: "M0 4H8M4 0V8", filled: false },
  { path: "M0 0L8 8M0 8L8 0", filled: false },
];
const COLOURS = 6;

/** Name of the custom property with a stage's colour; stages are counted in the pipeline's order. */
export function stageColour(stage: number): string {
  return stage < 0 ? "--stage-outside" : `--stage-${stage % COLOURS}`;
}

function textureIndex(stage: number): number {
  return stage < 0 ? 0 : stage % TEXTURES.length;
}

/** For `fill`. The pattern is drawn by `addTexturePatterns`. */
export function texturePaint(stage: number): string {
  return `url(#stage-texture-${stage})`;
}

/** One pattern per stage, in its colours; once per page. */
export function addTexturePatterns(parent: Part, stages: number): void {
  const svg = parent.append("svg").attr("class", "patterns").attr("aria-hidden", "true");
  for (let stage = 0; stage < stages; stage++) {
    const texture = TEXTURES[textureIndex(stage)];
    const colour = `var(${stageColour(stage)})`;
    const pattern = svg
      .append("pattern")
      .attr("id", `stage-texture-${stage}`)
      .attr("patternUnits", "userSpaceOnUse")
      .attr("width", SIZE)
      .attr("height", SIZE);
    pattern
      .append("rect")
      .attr("width", SIZE)
      .attr("height", SIZE)
      .style("fill", `color-mix(in srgb, ${colour} var(--stage-fill), var(--page))`);
    if (!texture?.path) continue;
    pattern
      .append("path")
      .attr("d", texture.path)
      .attr("class", "texture")
      .style(texture.filled ? "fill" : "stroke", colour)
      .style(texture.filled ? "stroke" : "fill", "none");
  }
}

/** The same texture for a canvas, over a transparent ground; null for the plain one. */
export function canvasTexture(
  context: CanvasRenderingContext2D,
  stage: number,
  colour: string,
  scale: number,
): CanvasPattern | null {
  const texture = TEXTURES[textureIndex(stage)];
  if (!texture?.path) return null;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(SIZE * scale);
  const ink = tile.getContext("2d");
  if (!ink) return null;
  ink.scale(tile.width / SIZE, tile.height / SIZE);
  const path = new Path2D(texture.path);
  if (texture.filled) {
    ink.fillStyle = colour;
    ink.fill(path);
  } else {
    ink.strokeStyle = colour;
    ink.lineWidth = 1.2;
    ink.stroke(path);
  }
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(SIZE / tile.width, SIZE / tile.height));
  return pattern;
}
