export { compressor } from "./compressor.ts";
export { content } from "./content.ts";
export { envelope } from "./envelope.ts";
export { equaliser } from "./equaliser.ts";
export { limiter } from "./limiter.ts";
export { output } from "./output.ts";
export { spectrum } from "./spectrum.ts";
