// What a pipeline is made of.
export * from "./pipeline.ts";
export * from "./parameterError.ts";
export * from "./worklet.ts";
export * from "./fallbacks.ts";

// Recordings.
export * from "./audio/index.ts";
export * from "./files/index.ts";

// Sound.
export * from "./dynamics/index.ts";
export * from "./filters/index.ts";
export * from "./levels/index.ts";
export * from "./loudness/index.ts";
export * from "./spectrum/index.ts";

// Memory, time and many items at once.
export * from "./buffers/index.ts";
export { releaseIdleMemory } from "./idleMemory.ts";
export { dropCompiledLoops } from "./kernels/kernels.ts";
export * from "./caching/index.ts";
export type { CancelSignal } from "./cancelSignal.ts";
export * from "./concurrency/index.ts";
export * from "./measuring/index.ts";
