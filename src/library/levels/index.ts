export * from "./decibelConverter.ts";
export * from "./decibels.ts";
export * from "./downmixer.ts";
export * from "./energy.ts";
export * from "./stereoSums.ts";
export * from "./zeroCrossingCounter.ts";
