import { at } from "../../src/core/flame/boxes.ts";
import type { BoxMeaning } from "../../src/core/flame/describe.ts";
import type { ShownBox } from "../../src/core/flame/zoom.ts";
import { formatShare } from "../../src/core/format.ts";
import { formatCost } from "../../src/core/run/cost.ts";
import type { View } from "../view.ts";
import type { Inks } from "./colours.ts";
import type { FlameState } from "./state.ts";

export interface FlamePicture {
  readonly view: View;
  readonly state: FlameState;
  /** By their rows in the picture. */
  readonly shown: readonly ShownBox[];
  /** The depth at which the picture begins. */
  readonly top: number;
  readonly hovered: number;
  readonly width: number;
  readonly inks: Inks;
  readonly family: string;
  readonly mono: string;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of a row, in CSS pixels. */
export const ROW = 25;
const PADDING = 7;
const FEWEST_LETTERS = 5;

export function drawBoxes(ink: CanvasRenderingContext2D, picture: FlamePicture): void {
  const { state, shown, inks } = picture;
  const searching = state.query().trim() !== "";
  const found = state.found().marks;
  for (const each of shown) {
    const meaning = state.meanings[each.box];
    if (!meaning) continue;
    const rectangle = rectangleOf(each, picture.width);
    const hit = found[each.box] === 1;
    ink.globalAlpha = searching && !hit && each.box !== 0 ? 0.45 : 1;
    fillBox(ink, inks, meaning, rectangle);
    drawLabel(ink, picture, each.box, meaning, rectangle);
    ink.globalAlpha = 1;
    if (hit) outline(ink, rectangle, inks.text, 1.5, [3, 2]);
    else if (each.box === picture.hovered) outline(ink, rectangle, inks.text, 1, []);
  }
  // Last, so that no neighbour lies over its edge.
  outline(ink, chosenRectangle(picture), inks.focus, 2.5, []);
}

/** Wide enough to be seen, also where the box itself isn't. */
function chosenRectangle({ state, shown, top, width }: FlamePicture): Rectangle {
  const { boxes } = state;
  const box = state.chosen();
  const seen = shown.find((each) => each.box === box);
  const scale = width / at(boxes.width, state.zoomed());
  const x = (at(boxes.x, box) - at(boxes.x, state.zoomed())) * scale;
  const exact = seen
    ? rectangleOf(seen, width)
    : { x, y: (at(boxes.depth, box) - top) * ROW, width: at(boxes.width, box) * scale, height: ROW - 1 };
  const wide = Math.max(5, exact.width);
  return { ...exact, x: Math.min(exact.x, width - wide), width: wide };
}

function rectangleOf({ left, width, depth }: ShownBox, pixels: number): Rectangle {
  const x = left * pixels;
  // A gap between neighbours, but never at the cost of the box itself.
  const gap = width * pixels > 3 ? 1 : 0;
  return { x, y: depth * ROW, width: Math.max(0.5, width * pixels - gap), height: ROW - 1 };
}

function fillBox(ink: CanvasRenderingContext2D, inks: Inks, meaning: BoxMeaning, box: Rectangle): void {
  const stage = inks.stages[meaning.stage];
  ink.fillStyle = !stage
    ? inks.run
    : meaning.kind === "stage"
      ? stage.fill
      : meaning.kind === "line"
        ? stage.leaf
        : stage.body;
  ink.fillRect(box.x, box.y, box.width, box.height);
  if (stage && meaning.kind === "stage") {
    if (stage.texture) {
      ink.fillStyle = stage.texture;
      ink.fillRect(box.x, box.y, box.width, box.height);
    }
    ink.fillStyle = stage.line;
    ink.fillRect(box.x, box.y, box.width, 3);
  }
  if (stage && meaning.kind === "line") {
    ink.fillStyle = stage.line;
    ink.fillRect(box.x, box.y, Math.min(2, box.width), box.height);
  }
  if (inks.outlined && box.width > 2) outline(ink, box, stage?.line ?? inks.text, 1, []);
}

function outline(
  ink: CanvasRenderingContext2D,
  box: Rectangle,
  colour: string,
  thickness: number,
  dash: number[],
): void {
  ink.strokeStyle = colour;
  ink.lineWidth = thickness;
  ink.setLineDash(dash);
  const inset = thickness / 2;
  ink.strokeRect(box.x + inset, box.y + inset, Math.max(0.5, box.width - thickness), box.height - thickness);
  ink.setLineDash([]);
}

/** The name, and the figures at the right where both fit; a name of under five letters' room is left out. */
function drawLabel(
  ink: CanvasRenderingContext2D,
  picture: FlamePicture,
  box: number,
  meaning: BoxMeaning,
  rectangle: Rectangle,
): void {
  const { inks, state, family, mono, view } = picture;
  const room = rectangle.width - 2 * PADDING;
  if (room < 24) return;
  const strong = meaning.kind === "stage" || meaning.kind === "run" || box === state.chosen();
  ink.font = meaning.kind === "line" ? `12px ${mono}` : `${strong ? "600 " : ""}12px ${family}`;
  ink.textBaseline = "middle";
  const middle = rectangle.y + rectangle.height / 2 + (meaning.kind === "stage" ? 1.5 : 0.5);
  const { label, short } = labelOf(meaning, view);
  const fitted = fit(ink, label, room);
  const fits = short !== "" && ink.measureText(short).width <= room;
  const name = fitted !== label && fits ? short : fitted;
  if (name === "") return;
  const nameWidth = ink.measureText(name).width;
  const stage = inks.stages[meaning.stage];
  const ground = meaning.kind === "stage" && stage?.texture ? stage.fill : null;
  write(ink, name, rectangle.x + PADDING, middle, nameWidth, ground, inks.text);
  if (name !== label && name !== short) return;

  ink.font = `12px ${family}`;
  const share = formatShare(at(state.boxes.width, box));
  const duration = formatCost(view.run, at(state.boxes.totalMs, box));
  const long = meaning.kind === "run" ? duration : `${duration} · ${share}`;
  for (const text of [long, share]) {
    const width = ink.measureText(text).width;
    if (nameWidth + 16 + width > room) continue;
    const x = rectangle.x + rectangle.width - PADDING - width;
    write(ink, text, x, middle, width, ground, inks.text);
    return;
  }
}

function write(
  ink: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  width: number,
  ground: string | null,
  colour: string,
): void {
  if (ground !== null) {
    ink.fillStyle = ground;
    ink.fillRect(x - 3, y - 8, width + 6, 16);
  }
  ink.fillStyle = colour;
  ink.fillText(text, x, y);
}

/** A source line shows its text where it is known: its file stands in the boxes above. It loses its path first. */
function labelOf(meaning: BoxMeaning, view: View): { readonly label: string; readonly short: string } {
  if (meaning.kind !== "line" || !meaning.place) return { label: meaning.name, short: meaning.name };
  const line = `:${meaning.place.line}`;
  const code = view.codeAt(meaning.place.file, meaning.place.line);
  return code === "" ? { label: meaning.name, short: line } : { label: `${line} ${code}`, short: "" };
}

function fit(ink: CanvasRenderingContext2D, text: string, room: number): string {
  if (ink.measureText(text).width <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (ink.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return low < FEWEST_LETTERS ? "" : `${text.slice(0, low).trimEnd()}…`;
}
