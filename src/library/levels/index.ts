export * from "./decibels.ts";
export * from "./energy.ts";
