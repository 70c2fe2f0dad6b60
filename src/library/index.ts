export * from "./pipeline.ts";
export * from "./fallbacks.ts";
export * from "./filters/index.ts";
export * from "./dynamics/index.ts";
export * from "./loudness/index.ts";
