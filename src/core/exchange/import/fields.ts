import { isFields } from "../../run/check.ts";
import { ProfileProblem } from "./problem.ts";

/** What JSON from elsewhere holds: every field is looked at before it is used. */
export type Fields = Readonly<Record<string, unknown>>;

/** @param path for the sentence: `nodes[3]` */
export function fieldsAt(value: unknown, path: string): Fields {
  if (!isFields(value)) throw new ProfileProblem(`${path} isn't an object`);
  return value;
}

export function listAt(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ProfileProblem(`${path} isn't a list`);
  return value;
}

export function numberAt(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new ProfileProblem(`${path} isn't a number`);
  return value;
}

/** A count or a time. */
export function weightAt(value: unknown, path: string): number {
  const weight = numberAt(value, path);
  if (weight < 0) throw new ProfileProblem(`${path} is less than nothing`);
  return weight;
}

export function indexAt(value: unknown, size: number, path: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value >= size)
    throw new ProfileProblem(`${path} leads to no frame`);
  return value;
}

export const textOr = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;

export const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isFinite(value) ? value : otherwise;

/** A line from 1; 0 for what is none. */
export const lineOr0 = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
