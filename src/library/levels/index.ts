export * from "./decibelConverter.ts";
export * from "./decibels.ts";
export * from "./energy.ts";
export * from "./stereoSums.ts";
