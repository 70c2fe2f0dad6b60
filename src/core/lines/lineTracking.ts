import { diffArrays } from "diff";
import type { Base1Line } from "../units.ts";

/** Where the lines of a measured text are in the text as it is now. */
export interface TrackedText {
  readonly measured: readonly string[];
  readonly present: readonly string[];
  /** Per measured line its index in `present`, rising; −1 where it is gone. */
  readonly places: readonly number[];
}

/** One replacement, as editors report it: lines and characters from 0, the end not included. */
export interface TextEdit {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

export interface LinePlace {
  readonly line: Base1Line;
  /** False where the line's text isn't the measured one. */
  readonly fresh: boolean;
}

const GONE = -1;

/** Above so many pairs of lines an edit is matched by position alone. */
const LARGEST_COMPARISON = 40_000;
/** A text with more changed lines is another text; looking for the old lines in it would stop the editor. */
const MOST_EDITS = 2000;

export const splitLines = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** Compares line by line: for a text that changed while nobody watched. */
export function trackText(measured: string, present: string): TrackedText {
  const before = splitLines(measured);
  const after = splitLines(present);
  return { measured: before, present: after, places: alignLines(before, after) };
}

/** Follows edits, each given for the text that the ones before it left. */
export function followEdits(tracked: TrackedText, edits: readonly TextEdit[]): TrackedText {
  return findAgain(edits.reduce(followEdit, tracked));
}

/** Null where the line is gone. */
export function placeOf(tracked: TrackedText, measured: Base1Line): LinePlace | null {
  const place = tracked.places[measured - 1] ?? GONE;
  if (place === GONE) return null;
  return { line: place + 1, fresh: tracked.present[place] === tracked.measured[measured - 1] };
}

/** The measured line that is now at `present`; null where that line is new. */
export function measuredLineAt(tracked: TrackedText, present: Base1Line): Base1Line | null {
  const index = tracked.places.indexOf(present - 1);
  return index === GONE ? null : index + 1;
}

function followEdit(tracked: TrackedText, edit: TextEdit): TrackedText {
  const { present } = tracked;
  const first = present[edit.startLine] ?? "";
  const last = present[edit.endLine] ?? "";
  const inserted = splitLines(
    first.slice(0, edit.startCharacter) + edit.text + last.slice(edit.endCharacter),
  );
  const replaced = present.slice(edit.startLine, edit.endLine + 1);
  const moved = alignEdit(replaced, inserted, edit);
  const growth = inserted.length - replaced.length;
  return {
    measured: tracked.measured,
    present: present.toSpliced(edit.startLine, replaced.length, ...inserted),
    places: tracked.places.map((place) => {
      if (place < edit.startLine) return place;
      if (place > edit.endLine) return place + growth;
      const within = moved[place - edit.startLine] ?? GONE;
      return within === GONE ? GONE : edit.startLine + within;
    }),
  };
}

/** Lines that the edit only pushed or left above are known, even where a copy of them was inserted. */
function alignEdit(before: readonly string[], after: readonly string[], edit: TextEdit): number[] {
  const keepsFirst = edit.startCharacter === before[0]?.length && /^[\r\n]/.test(edit.text);
  if (keepsFirst) {
    return [0, ...alignLines(before.slice(1), after.slice(1)).map((at) => (at === GONE ? GONE : at + 1))];
  }
  const keepsLast = edit.startCharacter === 0 && edit.endCharacter === 0 && /(^|[\r\n])$/.test(edit.text);
  if (keepsLast) return [...alignLines(before.slice(0, -1), after.slice(0, -1)), after.length - 1];
  return alignLines(before, after);
}

/** Per line of `before` its index in `after`, or GONE. */
function alignLines(before: readonly string[], after: readonly string[]): number[] {
  const places: number[] = [];
  let at = 0;
  let removed: string[] = [];
  let added: string[] = [];
  const settle = (): void => {
    const start = at;
    for (const place of pairLines(removed, added)) places.push(place === GONE ? GONE : start + place);
    at += added.length;
    removed = [];
    added = [];
  };
  const parts = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  if (!parts) return pairLines(before, after);
  for (const part of parts) {
    if (part.removed) removed.push(...part.value);
    else if (part.added) added.push(...part.value);
    else {
      settle();
      places.push(...part.value.map(() => at++));
    }
  }
  settle();
  return places;
}

/** Edited lines against what became of them: in order, and so that they are most alike together. */
function pairLines(before: readonly string[], after: readonly string[]): number[] {
  if (before.length === after.length) return before.map((_, i) => i);
  if (after.length === 0) return before.map(() => GONE);
  if (before.length * after.length > LARGEST_COMPARISON) {
    return before.map((_, i) => (i < after.length ? i : GONE));
  }
  const width = after.length + 1;
  // best[i * width + j]: the likeness of before[i…] and after[j…] paired best.
  const best = new Float64Array((before.length + 1) * width);
  const alike = (i: number, j: number): number => likeness(before[i] ?? "", after[j] ?? "");
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      best[i * width + j] = Math.max(alike(i, j) + at(i + 1, j + 1), at(i + 1, j), at(i, j + 1));
    }
  }
  const places = before.map(() => GONE);
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const pair = alike(i, j);
    if (pair > 0 && at(i, j) === pair + at(i + 1, j + 1)) places[i++] = j++;
    else if (at(i, j) === at(i, j + 1)) j++;
    else i++;
  }
  return places;
}

/** 0 to 1: what two lines share at their beginning and end, without indentation. */
function likeness(a: string, b: string): number {
  const [left, right] = [a.trim(), b.trim()];
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  return (start + end) / Math.max(left.length, right.length, 1);
}

/** A deleted line that came back between its neighbours, as by undo, is that line again. */
function findAgain(tracked: TrackedText): TrackedText {
  const { measured, present } = tracked;
  if (!tracked.places.includes(GONE)) return tracked;
  const ends: number[] = [];
  tracked.places.reduceRight(
    (end, place, index) => (ends[index] = place === GONE ? end : place),
    present.length,
  );
  let next = 0;
  const places = tracked.places.map((place, index) => {
    const text = measured[index] ?? "";
    let found = place;
    if (place === GONE && text.trim() !== "") {
      const end = ends[index] ?? present.length;
      for (let at = next; found === GONE && at < end; at++) if (present[at] === text) found = at;
    }
    if (found !== GONE) next = found + 1;
    return found;
  });
  return { ...tracked, places };
}
