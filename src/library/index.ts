export * from "./pipeline.ts";
export * from "./fallbacks.ts";
