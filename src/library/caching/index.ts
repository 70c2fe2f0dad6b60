export { audioKey } from "./audioKey.ts";
export type { Cache } from "./cache.ts";
export { cached, type CachedOptions } from "./cached.ts";
export { LruCache, type LruCacheOptions } from "./lruCache.ts";
export { rememberedResults, resetRememberedResults, type RememberedResult } from "./rememberedResults.ts";
export { TtlCache, type TtlCacheOptions } from "./ttlCache.ts";
