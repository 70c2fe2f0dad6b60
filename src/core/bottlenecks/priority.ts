import type { Share } from "../units.ts";

export const PRIORITIES = ["High", "Medium", "Low"] as const;
export type Priority = (typeof PRIORITIES)[number];

/**
 * Of all measured stage time, from here on. Made twice as fast, a part of a fifth makes the whole 11 % faster; one below a
 * twentieth less than 3 %, which is within what differs from run to run.
 */
export const HIGH: Share = 0.2;
export const MEDIUM: Share = 0.05;

export const priorityOf = (share: Share): Priority =>
  share >= HIGH ? "High" : share >= MEDIUM ? "Medium" : "Low";

/** For the pages and reports that show priorities. */
export const PRIORITY_RULE = "High from 20 % of all stage time on, Medium from 5 %, Low below";
