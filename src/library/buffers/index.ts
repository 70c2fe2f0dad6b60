export { BufferPool, type BufferPoolFigures, type BufferPoolOptions } from "./bufferPool.ts";
export type { PooledBuffer } from "./pooledBuffer.ts";
