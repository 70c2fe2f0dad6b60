export { measured } from "./measured.ts";
export { measureScope, type MeasureOptions, type MeasureScope } from "./measureScope.ts";
export { formatMeasurements, measurements, resetMeasurements, type Measurement } from "./measurements.ts";
