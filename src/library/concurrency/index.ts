export { inBatches } from "./inBatches.ts";
export { mapConcurrently, type CancelSignal, type ConcurrencyOptions, type Outcome } from "./mapConcurrently.ts";
