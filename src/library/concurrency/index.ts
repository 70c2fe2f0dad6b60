export { inBatches } from "./inBatches.ts";
export { mapConcurrently, type ConcurrencyOptions, type Outcome } from "./mapConcurrently.ts";
